import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { sqsEventSender } from '../../lib/queue/sqs-event-sender.ts';
import { sqsFindingQueue } from '../../lib/queue/sqs-finding-queue.ts';
import { sqsMessagesWaiting } from '../../lib/queue/sqs-messages-waiting.ts';
import { reconcile } from '../../lib/reconcile/reconcile.ts';
import { dynamoAccountStore } from '../../lib/store/account/dynamo-account-store.ts';
import { dynamoCertificateStore } from '../../lib/store/certificate/dynamo-certificate-store.ts';
import { sdkStripeLedger } from '../../lib/stripe/sdk-stripe-ledger.ts';
import { secretsManagerStripeKey } from '../../lib/stripe/secrets-manager-stripe-key.ts';
import { reconcileEnv } from './env.ts';
import { makeHandler, type Run } from './handler.ts';

const env = reconcileEnv.parse(process.env);

const client = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
};
const dynamo = new DynamoDBClient(client);
const sqs = new SQSClient(client);
const logger = new Logger({ serviceName: 'reconcile' });
const stripeKey = secretsManagerStripeKey(new SecretsManagerClient(client), env.STRIPE_KEY_ARN, (fault) =>
  logger.warn('The Stripe key is not used', { fault }),
);

/** At most ten requests a second, of the 25 that Stripe takes in test mode. */
const pace = { pauseMs: 100 };
/** About 100 MB of them in memory. */
const mostAtOnce = 10_000;
/** So many listed, and all of them sent in: no run begins that with less time. */
const slowestStretchMs = 240_000;

const run: Run = async (remainingMs, sinceSec) => {
  const key = await stripeKey();
  if (key === undefined) return 'no Stripe key is set';
  const deps = {
    ledger: sdkStripeLedger(key, pace),
    accounts: dynamoAccountStore(dynamo, env.TABLE_NAME),
    certificates: dynamoCertificateStore(dynamo, env.TABLE_NAME),
    queue: { send: sqsEventSender(sqs, env.EVENTS_QUEUE_URL) },
    webhookUrl: env.WEBHOOK_URL,
    off: env.SETTINGS.off,
    eventsWaiting: sqsMessagesWaiting(sqs, env.EVENTS_QUEUE_URL),
    sendFindings: sqsFindingQueue(sqs, env.ALERTS_QUEUE_URL),
    mostAtOnce,
    nowSec: () => Math.floor(Date.now() / 1000),
    isTimeLeft: () => remainingMs() > slowestStretchMs,
  };
  return reconcile(deps, sinceSec);
};

const metrics = new Metrics({ namespace: 'BillingWatch', serviceName: 'reconcile' });
const count = (what: string, value: number) => metrics.singleMetric().addMetric(what, 'Count', value);

export const handler = makeHandler(run, count, logger);
