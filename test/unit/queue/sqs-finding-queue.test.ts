import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { isInfrastructureError } from '../../../lib/infrastructure-error.ts';
import { sqsFindingQueue } from '../../../lib/queue/sqs-finding-queue.ts';
import { everyExample } from '../../fixtures/every-example.ts';

const sqs = mockClient(SQSClient);
const [example] = everyExample();

it.each([
  ['InternalError', false, true],
  ['InvalidMessageContents', true, false],
])('takes %s, the sender’s fault: %s, for the infrastructure’s: %s', async (Code, SenderFault, isPassing) => {
  sqs.on(SendMessageBatchCommand).resolves({ Failed: [{ Id: '0', Code, SenderFault }] });
  const send = sqsFindingQueue(new SQSClient({}), 'https://sqs.test/alerts');
  const error = await send(example === undefined ? [] : [example.finding]).catch(
    (refused: unknown) => refused,
  );
  expect(error).toBeInstanceOf(Error);
  expect(isInfrastructureError(error)).toBe(isPassing);
});
