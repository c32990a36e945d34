import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { detectors } from '../../lib/detectors/index.ts';
import { sqsFindingQueue } from '../../lib/queue/sqs-finding-queue.ts';
import { dynamoRecordStore } from '../../lib/store/dynamo-record-store.ts';
import { detectorEnv } from './env.ts';
import { makeHandler } from './handler.ts';

const env = detectorEnv.parse(process.env);

// Within the function's 10 s: what does not answer is given up, and the queue gives the events again.
const client = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
};

const pipeline = {
  detectors,
  store: dynamoRecordStore(new DynamoDBClient(client), env.TABLE_NAME),
  sendFindings: sqsFindingQueue(new SQSClient(client), env.ALERTS_QUEUE_URL),
};

export const handler = makeHandler(pipeline, env.MAX_RECEIVE_COUNT, new Logger({ serviceName: 'detector' }));
