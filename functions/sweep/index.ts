import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { accountDetectors } from '../../lib/detectors/registry.ts';
import { missedRenewal } from '../../lib/detectors/subscription/missed-renewal.ts';
import { sqsFindingQueue } from '../../lib/queue/sqs-finding-queue.ts';
import { dynamoAccountStore } from '../../lib/store/account/dynamo-account-store.ts';
import { dynamoRecordStore } from '../../lib/store/record/dynamo-record-store.ts';
import { dynamoRenewalCalendar } from '../../lib/store/renewal/dynamo-renewal-calendar.ts';
import { sweepEnv } from './env.ts';
import { makeHandler } from './handler.ts';

const env = sweepEnv.parse(process.env);

const client = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
};

const dynamo = new DynamoDBClient(client);
const sweep = {
  store: dynamoAccountStore(dynamo, env.TABLE_NAME),
  detectors: accountDetectors,
  renewals: {
    calendar: dynamoRenewalCalendar(dynamo, env.TABLE_NAME),
    store: dynamoRecordStore(dynamo, env.TABLE_NAME),
    detector: missedRenewal,
    off: env.SETTINGS.off,
  },
  sendFindings: sqsFindingQueue(new SQSClient(client), env.ALERTS_QUEUE_URL),
};
const nowSec = () => Math.floor(Date.now() / 1000);

export const handler = makeHandler(sweep, nowSec, new Logger({ serviceName: 'sweep' }));
