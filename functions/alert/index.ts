import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
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
import { isPermanentRefusal } from '../../lib/notify/is-permanent-refusal.ts';
import { recipientsOf } from '../../lib/notify/routing.ts';
import { sesMailer } from '../../lib/notify/ses-mailer.ts';
import { sqsFindingQueue } from '../../lib/queue/sqs-finding-queue.ts';
import { secretWords } from '../../lib/secrets/secret-words.ts';
import { dynamoAccountStore } from '../../lib/store/account/dynamo-account-store.ts';
import { dynamoAlertStore } from '../../lib/store/alert/dynamo-alert-store.ts';
import { dynamoAnswerStore } from '../../lib/store/alert/dynamo-answer-store.ts';
import { dynamoCertificateStore } from '../../lib/store/certificate/dynamo-certificate-store.ts';
import { dynamoRecordStore } from '../../lib/store/record/dynamo-record-store.ts';
import { alertEnv } from './env.ts';
import { makeHandler } from './handler.ts';

const env = alertEnv.parse(process.env);

// Adaptive: once SES has refused an email for its rate, this client sends no faster than SES lets it.
const quick = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };
const patient = { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true };
const dynamo = new DynamoDBClient({ maxAttempts: 3, requestHandler: quick });
const ses = new SESClient({ retryMode: 'adaptive', maxAttempts: 3, requestHandler: patient });
const sqs = new SQSClient({ maxAttempts: 2, requestHandler: quick });
const logger = new Logger({ serviceName: 'alert' });
/** The first chart 1 s, an email of many alerts 12 s (time-outs, or refusals and the waits between), its record 10 s. */
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

const mailing = {
  store: dynamoAlertStore(dynamo, env.TABLE_NAME),
  answers: dynamoAnswerStore(dynamo, env.TABLE_NAME),
  drawChart,
  mailer: sesMailer(ses, { from: env.FROM_ADDRESS, configurationSet: env.SES_CONFIGURATION_SET }),
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
  sendToDeadLetters: sqsFindingQueue(sqs, env.DEAD_LETTERS_URL),
  isPermanent: isPermanentRefusal,
  accounts: dynamoAccountStore(dynamo, env.TABLE_NAME),
  certificates: dynamoCertificateStore(dynamo, env.TABLE_NAME),
  records: dynamoRecordStore(dynamo, env.TABLE_NAME),
  detectors: env.DETECTORS,
  reportTo: env.ROUTING.finance,
  slowestMailMs,
};

export const handler = makeHandler(mailing, logger);
