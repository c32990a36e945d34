import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { feedbackKeyFault } from '../../lib/feedback/feedback-token.ts';
import { secretWords } from '../../lib/secrets/secret-words.ts';
import { dynamoAlertStore } from '../../lib/store/alert/dynamo-alert-store.ts';
import { dynamoAnswerStore } from '../../lib/store/alert/dynamo-answer-store.ts';
import { dynamoRecordStore } from '../../lib/store/record/dynamo-record-store.ts';
import { feedbackEnv } from './env.ts';
import { makeHandler } from './handler.ts';

const env = feedbackEnv.parse(process.env);
const nowSec = () => Math.floor(Date.now() / 1000);

// A person waits for the page: what does not answer within 2 s is asked once more, then the page says so.
const requestHandler = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };
const dynamo = new DynamoDBClient({ maxAttempts: 2, requestHandler });
const secretsManager = new SecretsManagerClient({ maxAttempts: 2, requestHandler });
const logger = new Logger({ serviceName: 'feedback' });

const deps = {
  stores: {
    alerts: dynamoAlertStore(dynamo, env.TABLE_NAME),
    answers: dynamoAnswerStore(dynamo, env.TABLE_NAME),
    records: dynamoRecordStore(dynamo, env.TABLE_NAME),
  },
  keys: secretWords(secretsManager, {
    secretId: env.FEEDBACK_KEYS_ARN,
    faultOf: feedbackKeyFault,
    onFaults: (faults) => logger.warn('The key of the links is not used whole', { faults }),
    nowSec,
  }),
  timeZone: env.TIME_ZONE,
  nowSec,
};

export const handler = makeHandler(deps, logger);
