/**
 * The inside of the thread that `embedded-servers.ts` starts. A module of Node's own kind (`.mts`): these servers
 * are not all CommonJS, and so load the same way wherever the thread is started from.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import { buildApp } from 'fauxqs';
import { accessControl } from '../iam/access-control.ts';
import { guard } from '../iam/guard.ts';

const host = '127.0.0.1';

const require = createRequire(import.meta.url);
// Its types promise an ES module, which it is not.
const startMailbox: (options: { host: string; port: number }) => Promise<Server> =
  require('aws-ses-v2-local').default;

function urlOf(server: Server): string {
  const address = server.address();
  return `http://${host}:${typeof address === 'object' ? address?.port : address}`;
}

const dynamodb = dynalite({ createTableMs: 0 });
dynamodb.listen(0, host);
const queues = buildApp({ logger: false });
const [sqs, mailbox] = await Promise.all([
  queues.listen({ port: 0, host }), // its startFauxqs listens to the whole network
  startMailbox({ host, port: workerData.mailPort }),
  once(dynamodb, 'listening'),
]);

const control = accessControl();
const guarded = [
  [dynamodb, 'dynamodb'],
  [queues.server, 'sqs'],
  [mailbox, 'ses'],
] as const;
for (const [server, service] of guarded)
  guard(server, service, control, (denial) => parentPort?.postMessage({ denial }));

parentPort?.on('message', (model) => {
  control.enforce(model);
  parentPort?.postMessage({ enforced: true });
});
parentPort?.postMessage({
  dynamodb: urlOf(dynamodb),
  sqs,
  ses: urlOf(mailbox),
});
