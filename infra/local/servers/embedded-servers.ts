import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import * as z from 'zod/mini';
import type { Denial } from '../iam/access-control.ts';
import type { IamModel } from '../iam/iam-model.ts';

const addresses = z.object({ dynamodb: z.url(), sqs: z.url(), ses: z.url() });

/** The address of each, e.g. `http://127.0.0.1:4243`; at that of SES a browser sees the mailbox. */
export interface EmbeddedServers extends z.infer<typeof addresses> {
  /** From then on each function may do what its role allows; until then only the operator may do anything. */
  enforce(model: IamModel, onDenied: (denial: Denial) => void): Promise<void>;
  stop(): Promise<unknown>;
}

/** What the thread posts after its addresses. */
interface Report {
  readonly enforced?: true;
  readonly denial?: Denial;
}

/** Starts servers that speak the protocols of DynamoDB, SQS and SES, in memory and on loopback. */
export async function startEmbeddedServers(mailPort: number): Promise<EmbeddedServers> {
  const thread = new Worker(new URL('./embedded-servers-thread.mts', import.meta.url), {
    workerData: { mailPort },
    execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'], // it reads infra/local/iam without a compiler
  });
  const [message] = await once(thread, 'message');
  return {
    ...addresses.parse(message),
    enforce: (model, onDenied) =>
      new Promise((resolve) => {
        thread.on('message', ({ enforced, denial }: Report) => {
          if (enforced) resolve();
          if (denial !== undefined) onDenied(denial);
        });
        thread.postMessage(model);
      }),
    stop: () => thread.terminate(),
  };
}
