import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import * as z from 'zod/mini';

const addresses = z.object({ dynamodb: z.url(), sqs: z.url(), ses: z.url() });

/** The address of each, e.g. `http://127.0.0.1:4243`; at that of SES a browser sees the mailbox. */
export interface EmbeddedServers extends z.infer<typeof addresses> {
  stop(): Promise<unknown>;
}

/** Starts servers that speak the protocols of DynamoDB, SQS and SES, in memory and on loopback. */
export async function startEmbeddedServers(mailPort: number): Promise<EmbeddedServers> {
  const thread = new Worker(new URL('./embedded-servers-thread.mts', import.meta.url), {
    workerData: { mailPort },
    execArgv: [],
  });
  const [message] = await once(thread, 'message');
  return { ...addresses.parse(message), stop: () => thread.terminate() };
}
