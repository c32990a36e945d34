import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { sqsEventQueue } from '../../lib/queue/sqs-event-queue.ts';
import { secretsManagerSigningSecrets } from '../../lib/stripe/secrets-manager-signing-secrets.ts';
import { webhookEnv } from './env.ts';
import { makeHandler } from './handler.ts';

const env = webhookEnv.parse(process.env);
const logger = new Logger({ serviceName: 'webhook' });
const metrics = new Metrics({ namespace: 'BillingWatch', serviceName: 'webhook' });
const nowSec = () => Math.floor(Date.now() / 1000);

// Stripe waits for the answer: better a quick 500, which it tries again, than a slow one.
const requestHandler = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true };
const sqs = new SQSClient({ maxAttempts: 2, requestHandler });
const secretsManager = new SecretsManagerClient({ maxAttempts: 2, requestHandler });

const warn = (faults: readonly string[]) => logger.warn('The signing secret is not used whole', { faults });
const signingSecrets = secretsManagerSigningSecrets(secretsManager, env.SIGNING_SECRETS_ARN, nowSec, warn);
signingSecrets.live().catch(() => {}); // asked while the Lambda starts; if it fails, the request asks again

const deps = {
  signingSecrets,
  queue: sqsEventQueue(sqs, { events: env.EVENTS_QUEUE_URL, unreadable: env.UNREADABLE_QUEUE_URL }),
  count: (what: string, reason: string) =>
    metrics.singleMetric().addMetadata('reason', reason).addMetric(what, 'Count', 1),
  nowSec,
};

export const handler = makeHandler(deps, logger);
