import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import regular from '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf';
import semiBold from '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf';
import resvg from '@resvg/resvg-wasm/index_bg.wasm';
import { feedbackLinks } from '../../lib/feedback/feedback-links.ts';
import { feedbackKeyFault } from '../../lib/feedback/feedback-token.ts';
import { chartDrawer } from '../../lib/message/chart/chart-drawer.ts';
import type { GivenUp } from '../../lib/notify/mail-alerts.ts';
import { sesMailer } from '../../lib/notify/receivers/email/ses-mailer.ts';
import { recipientsOf } from '../../lib/notify/routing.ts';
import { sqsMessageReturns } from '../../lib/queue/sqs-message-returns.ts';
import { secretWords } from '../../lib/secrets/secret-words.ts';
import { dynamoAccountStore } from '../../lib/store/account/dynamo-account-store.ts';
import { dynamoAlertStore } from '../../lib/store/alert/dynamo-alert-store.ts';
import { dynamoAnswerStore } from '../../lib/store/alert/dynamo-answer-store.ts';
import { dynamoCertificateStore } from '../../lib/store/certificate/dynamo-certificate-store.ts';
import { dynamoDeliveryLedger } from '../../lib/store/delivery/dynamo-delivery-ledger.ts';
import { dynamoRecordStore } from '../../lib/store/record/dynamo-record-store.ts';
import { dynamoTryCounter } from '../../lib/store/tries/dynamo-try-counter.ts';
import { alertEnv } from './env.ts';
import { makeHandler } from './handler.ts';

const env = alertEnv.parse(process.env);

const quick = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };
const patient = { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true };
const dynamo = new DynamoDBClient({ maxAttempts: 3, requestHandler: quick });
const ses = new SESClient({ maxAttempts: 1, requestHandler: patient }); // a try of its own could be a second email
const logger = new Logger({ serviceName: 'alert' });
const metrics = new Metrics({ namespace: 'BillingWatch', serviceName: 'alert' });
/** The first chart 1 s; SES 5 s (a time-out, or refusals for its rate and the waits between); the answer's record 17 s. */
const slowestMailMs = 25_000;

const nextToBundle = (file: string) => join(__dirname, file);
const drawChart = chartDrawer(
  { wasm: nextToBundle(resvg), fonts: [regular, semiBold].map(nextToBundle) },
  (error) => logger.warn('An alert goes without its chart', { reason: Object(error).name }),
);
const digestHours = env.DIGEST_HOURS.split(',').filter(Boolean).map(Number);

const nowSec = () => Math.floor(Date.now() / 1000);
const secretsManager = new SecretsManagerClient({ maxAttempts: 2, requestHandler: quick });
const feedbackKeys = secretWords(secretsManager, {
  secretId: env.FEEDBACK_KEYS_ARN,
  faultOf: feedbackKeyFault,
  onFaults: (faults) => logger.warn('The key of the links is not used whole', { faults }),
  nowSec,
});

/** Without keys the emails go out all the same. */
async function liveKeys(): Promise<readonly string[]> {
  try {
    return await feedbackKeys.live();
  } catch (error) {
    logger.warn('Alerts go without links to answer them', { reason: Object(error).name });
    return [];
  }
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function onGivenUp(what: GivenUp): void {
  logger.warn('A reader does not get an email', { ...what });
  metrics.singleMetric().addMetric('GivenUpEmails', 'Count', 1);
}

const mailing = {
  ledger: dynamoDeliveryLedger(dynamo, env.TABLE_NAME),
  store: dynamoAlertStore(dynamo, env.TABLE_NAME),
  answers: dynamoAnswerStore(dynamo, env.TABLE_NAME),
  drawChart,
  receiver: sesMailer(ses, { from: env.FROM_ADDRESS, configurationSet: env.SES_CONFIGURATION_SET, wait }),
  rules: {
    recipientsOf: (finding: Parameters<typeof recipientsOf>[0]) => recipientsOf(finding, env.ROUTING),
    digestHours,
    timeZone: env.TIME_ZONE,
  },
  rendering: {
    timeZone: env.TIME_ZONE,
    digestHours,
    platform: env.ROUTING.platform,
    mailDomain: env.FROM_ADDRESS.slice(env.FROM_ADDRESS.lastIndexOf('@') + 1),
  },
  feedbackLinks: async () => feedbackLinks(await liveKeys(), env.FEEDBACK_URL, nowSec()),
  nowSec,
  wait,
  onGivenUp,
  accounts: dynamoAccountStore(dynamo, env.TABLE_NAME),
  certificates: dynamoCertificateStore(dynamo, env.TABLE_NAME),
  records: dynamoRecordStore(dynamo, env.TABLE_NAME),
  detectors: env.DETECTORS,
  reportTo: env.ROUTING.finance,
  slowestMailMs,
};

const deps = {
  tries: dynamoTryCounter(dynamo, env.TABLE_NAME, nowSec),
  returns: sqsMessageReturns(new SQSClient({ maxAttempts: 2, requestHandler: quick }), {
    source: env.ALERTS_QUEUE_URL,
    deadLetters: env.ALERTS_DEAD_LETTERS_URL,
  }),
  log: (message: string, facts: object) => logger.error(message, { ...facts }),
  onWaiting: (oldestSentAtSec: number) =>
    metrics.singleMetric().addMetric('WaitingSeconds', 'Seconds', nowSec() - oldestSentAtSec),
};

export const handler = makeHandler(mailing, deps);
