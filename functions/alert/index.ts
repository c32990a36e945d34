import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESClient } from '@aws-sdk/client-ses';
import { sesMailer } from '../../lib/alert/ses-mailer.ts';
import { dynamoAlertClaims } from '../../lib/store/dynamo-alert-claims.ts';
import { alertEnv } from './env.ts';
import { makeHandler } from './handler.ts';

const env = alertEnv.parse(process.env);
const addresses = (list: string) => list.split(',').map((address) => address.trim());

// Adaptive: once SES has refused an email for its rate, this client sends no faster than SES lets it.
const quick = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };
const patient = { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true };
const dynamo = new DynamoDBClient({ maxAttempts: 2, requestHandler: quick });
const ses = new SESClient({ retryMode: 'adaptive', maxAttempts: 3, requestHandler: patient });
/** Claim 4 s, mail 12 s (time-outs, or refusals and the waits between them), record 4 s; the function has 30 s. */
const slowestDeliveryMs = 20_000;

const deps = {
  claims: dynamoAlertClaims(dynamo, env.TABLE_NAME),
  mailer: sesMailer(ses, { from: env.FROM_ADDRESS, configurationSet: env.SES_CONFIGURATION_SET }),
  recipients: { finance: addresses(env.FINANCE_RECIPIENTS), platform: addresses(env.PLATFORM_RECIPIENTS) },
  timeZone: env.TIME_ZONE,
  mailDomain: env.FROM_ADDRESS.slice(env.FROM_ADDRESS.lastIndexOf('@') + 1),
  nowSec: () => Math.floor(Date.now() / 1000),
};

export const handler = makeHandler(deps, slowestDeliveryMs, new Logger({ serviceName: 'alert' }));
