import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Service, ServiceCall } from '../../infra/local/iam/accesses-of.ts';

export interface RecordedCall extends ServiceCall {
  /** Our file that made the command, and the command: `lib/store/record/codec.ts PutItemCommand`. */
  readonly madeIn: string;
}

/** What answers in the place of AWS. */
export interface Answers {
  readonly dynamo: DynamoDBClient;
  readonly ses: () => Promise<object>;
  readonly sqs: () => object;
  readonly secret: (id: string) => string;
}

/** Has every AWS client of this process answered by the test, and notes each command that is sent. */
export function recordCalls({ dynamo, ses, sqs, secret }: Answers): { readonly calls: RecordedCall[] } {
  const calls: RecordedCall[] = [];
  const sendToTable = DynamoDBClient.prototype.send;
  const note = (service: Service, command: object): void => {
    const { name } = command.constructor;
    const { input } = command as { input: object }; // every command of the SDK has one
    const file = /(lib\/[\w/-]+\.ts)/.exec(stackHere())?.[1] ?? '';
    calls.push({ service, operation: name.replace(/Command$/, ''), input, madeIn: `${file} ${name}` });
  };
  jest.spyOn(DynamoDBClient.prototype, 'send').mockImplementation(function (this: DynamoDBClient, command) {
    if (this !== dynamo) note('dynamodb', command);
    return Reflect.apply(sendToTable, dynamo, [command]);
  });
  jest.spyOn(SQSClient.prototype, 'send').mockImplementation(async (command) => {
    note('sqs', command);
    return sqs();
  });
  jest.spyOn(SESClient.prototype, 'send').mockImplementation(async (command) => {
    note('ses', command);
    return ses();
  });
  jest.spyOn(SecretsManagerClient.prototype, 'send').mockImplementation(async (command) => {
    note('secretsmanager', command);
    const { SecretId = '' } = command.input as { SecretId?: string }; // the only command that is sent
    return { SecretString: secret(SecretId) };
  });
  return { calls };
}

function stackHere(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 40;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = limit;
  return stack;
}
