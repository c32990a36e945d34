/**
 * The inside of a Lambda environment: loads the bundle, then answers each event with the handler's result.
 * A module of Node's own kind (`.mts`), so that worker threads start without a compiler.
 */
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

const { bundle, exportName, name, arn, memoryMb, timeoutSec } = workerData;
const handler = createRequire(import.meta.url)(bundle)[exportName];

parentPort?.on('message', async (event) => {
  const deadlineMs = Date.now() + timeoutSec * 1000;
  try {
    const result = await handler(event, {
      awsRequestId: randomUUID(),
      functionName: name,
      functionVersion: '$LATEST',
      invokedFunctionArn: arn,
      memoryLimitInMB: String(memoryMb),
      logGroupName: `/aws/lambda/${name}`,
      logStreamName: 'local',
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => deadlineMs - Date.now(),
    });
    parentPort?.postMessage({ result: JSON.stringify(result) });
  } catch (error) {
    parentPort?.postMessage({ failure: error instanceof Error ? error.stack : String(error) });
  }
});
parentPort?.postMessage({});
