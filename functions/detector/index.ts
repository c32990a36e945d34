import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { calibrations } from '../../lib/detect/calibrations.ts';
import { eventDetectors } from '../../lib/detectors/registry.ts';
import { switchedOn } from '../../lib/detectors/switched-on.ts';
import type { AccountKey } from '../../lib/domain/events/billing-event.ts';
import { sqsFindingQueue } from '../../lib/queue/sqs-finding-queue.ts';
import { sqsMessageReturns } from '../../lib/queue/sqs-message-returns.ts';
import { dynamoAccountStore } from '../../lib/store/account/dynamo-account-store.ts';
import { dynamoRecordStore } from '../../lib/store/record/dynamo-record-store.ts';
import { dynamoRenewalCalendar } from '../../lib/store/renewal/dynamo-renewal-calendar.ts';
import { dynamoTryCounter } from '../../lib/store/tries/dynamo-try-counter.ts';
import { detectorEnv } from './env.ts';
import { makeHandler } from './handler.ts';

const env = detectorEnv.parse(process.env);

// Within the function's 10 s: what does not answer is given up, and the queue gives the events again.
const client = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
};

const dynamo = new DynamoDBClient(client);
const sqs = new SQSClient(client);
const nowSec = () => Math.floor(Date.now() / 1000);
const accounts = dynamoAccountStore(dynamo, env.TABLE_NAME);
const calibrationOf = calibrations(accounts);
const pipeline = {
  detectors: switchedOn(eventDetectors, env.SETTINGS),
  store: dynamoRecordStore(dynamo, env.TABLE_NAME),
  contextOf: async (key: AccountKey) => ({ calibration: await calibrationOf(key), settings: env.SETTINGS }),
  sendFindings: sqsFindingQueue(sqs, env.ALERTS_QUEUE_URL),
};
const inbox = {
  accounts,
  calendar: dynamoRenewalCalendar(dynamo, env.TABLE_NAME),
};
const logger = new Logger({ serviceName: 'detector' });
const metrics = new Metrics({ namespace: 'BillingWatch', serviceName: 'detector' });
const detecting = {
  pipeline,
  inbox,
  tries: dynamoTryCounter(dynamo, env.TABLE_NAME, nowSec),
  returns: sqsMessageReturns(sqs, { source: env.EVENTS_QUEUE_URL, deadLetters: env.EVENTS_DEAD_LETTERS_URL }),
  log: (message: string, facts: object) => logger.error(message, { ...facts }),
  onWaiting: (oldestSentAtSec: number) =>
    metrics.singleMetric().addMetric('WaitingSeconds', 'Seconds', nowSec() - oldestSentAtSec),
};

export const handler = makeHandler(detecting);
