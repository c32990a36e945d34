import { type SendMessageCommandInput, SQSClient } from '@aws-sdk/client-sqs';

const maxBytes = 1_048_576;
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const refused = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;
const token = /^[!-~]{1,128}$/;

/** SQS, which refuses for good what is too large, and characters and ids that it does not take. */
export function hostileQueue(take: (message: SendMessageCommandInput) => void): SQSClient {
  const client = new SQSClient({ region: 'eu-central-1' });
  client.middlewareStack.add(
    () => async (args) => {
      const message = args.input as SendMessageCommandInput; // the only command that the webhook sends
      const { MessageBody = '', MessageGroupId = 'none', MessageDeduplicationId = 'none' } = message;
      const isTaken =
        MessageBody !== '' &&
        Buffer.byteLength(MessageBody) <= maxBytes &&
        !refused.test(MessageBody) &&
        token.test(MessageGroupId) &&
        token.test(MessageDeduplicationId);
      if (!isTaken) throw new Error('InvalidMessageContents');
      take(message);
      return { output: { $metadata: {} }, response: {} };
    },
    { step: 'initialize', priority: 'high' },
  );
  return client;
}
