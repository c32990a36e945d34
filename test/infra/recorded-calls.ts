import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';

/** The field of a command's input that names its resource. */
export interface CallInput {
  readonly QueueUrl?: string;
  readonly SecretId?: string;
  readonly Source?: string;
  readonly ConfigurationSetName?: string;
}

export interface Call {
  /** As IAM names it: `dynamodb:PutItem`. */
  readonly action: string;
  readonly input: CallInput;
  /** The partition keys of the items that it touches. */
  readonly keys: readonly string[];
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
export function recordCalls({ dynamo, ses, sqs, secret }: Answers): { readonly calls: Call[] } {
  const calls: Call[] = [];
  const sendToTable = DynamoDBClient.prototype.send;
  const note = (service: string, command: object): CallInput => {
    const { name } = command.constructor;
    const { input } = command as { input: CallInput }; // every command of the SDK has one
    const action = name.replace(/Command$/, '').replace(/^SendMessageBatch$/, 'SendMessage');
    const file = /(lib\/[\w/-]+\.ts)/.exec(stackHere())?.[1] ?? '';
    calls.push({ action: `${service}:${action}`, input, keys: keysIn(input), madeIn: `${file} ${name}` });
    return input;
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
    const { SecretId = '' } = note('secretsmanager', command);
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

/** Every `pk` in an input, however deep, and the `:pk` of a query. */
function keysIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(keysIn);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'pk' || name === ':pk' ? [String(Object(inner).S)] : keysIn(inner),
  );
}
