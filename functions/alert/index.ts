import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import { isPermanentRefusal } from '../../lib/alert/is-permanent-refusal.ts';
import { recipientsOf } from '../../lib/alert/routing.ts';
import { sesMailer } from '../../lib/alert/ses-mailer.ts';
import { sqsFindingQueue } from '../../lib/queue/sqs-finding-queue.ts';
import { dynamoAccountStore } from '../../lib/store/dynamo-account-store.ts';
import { dynamoAlertStore } from '../../lib/store/dynamo-alert-store.ts';
import { dynamoRecordStore } from '../../lib/store/dynamo-record-store.ts';
import { alertEnv } from './env.ts';
import { makeHandler } from './handler.ts';

const env = alertEnv.parse(process.env);

// Adaptive: once SES has refused an email for its rate, this client sends no faster than SES lets it.
const quick = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };
const patient = { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true };
const dynamo = new DynamoDBClient({ maxAttempts: 3, requestHandler: quick });
const ses = new SESClient({ retryMode: 'adaptive', maxAttempts: 3, requestHandler: patient });
const sqs = new SQSClient({ maxAttempts: 2, requestHandler: quick });
/** An email of many alerts 12 s (time-outs, or refusals and the waits between them), its record 10 s. */
const slowestMailMs = 25_000;

const mailing = {
  store: dynamoAlertStore(dynamo, env.TABLE_NAME),
  mailer: sesMailer(ses, { from: env.FROM_ADDRESS, configurationSet: env.SES_CONFIGURATION_SET }),
  rules: {
    recipientsOf: (finding: Parameters<typeof recipientsOf>[0]) => recipientsOf(finding, env.ROUTING),
    digestHours: env.DIGEST_HOURS.split(',').filter(Boolean).map(Number),
    timeZone: env.TIME_ZONE,
  },
  rendering: {
    timeZone: env.TIME_ZONE,
    mailDomain: env.FROM_ADDRESS.slice(env.FROM_ADDRESS.lastIndexOf('@') + 1),
  },
  nowSec: () => Math.floor(Date.now() / 1000),
  sendToDeadLetters: sqsFindingQueue(sqs, env.DEAD_LETTERS_URL),
  isPermanent: isPermanentRefusal,
  accounts: dynamoAccountStore(dynamo, env.TABLE_NAME).accounts,
  records: dynamoRecordStore(dynamo, env.TABLE_NAME),
  detectors: env.DETECTORS.split(','),
  reportTo: env.ROUTING.finance,
  slowestMailMs,
};

export const handler = makeHandler(mailing, new Logger({ serviceName: 'alert' }));
