import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { accountDetectors } from '../../lib/detectors/account-detectors.ts';
import { sqsFindingQueue } from '../../lib/queue/sqs-finding-queue.ts';
import { dynamoAccountStore } from '../../lib/store/dynamo-account-store.ts';
import { sweepEnv } from './env.ts';
import { makeHandler } from './handler.ts';

const env = sweepEnv.parse(process.env);

const client = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
};

const sweep = {
  store: dynamoAccountStore(new DynamoDBClient(client), env.TABLE_NAME),
  detectors: accountDetectors,
  sendFindings: sqsFindingQueue(new SQSClient(client), env.ALERTS_QUEUE_URL),
};
const nowSec = () => Math.floor(Date.now() / 1000);

export const handler = makeHandler(sweep, nowSec, new Logger({ serviceName: 'sweep' }));
