import { devNull } from 'node:os';
import { region } from '../stack/names.ts';

interface Endpoints {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly ses: string;
  readonly secretsManager: string;
}

/**
 * What Lambda puts into a function's environment, with AWS's addresses on this machine.
 * @param accessKeyId by which the servers know whose role a call is made under
 */
export function functionVariables(
  endpoints: Endpoints,
  accessKeyId: string,
): Readonly<Record<string, string>> {
  return {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'local', // no server here checks a signature
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_SES: endpoints.ses,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    TZ: 'UTC',
  };
}
