import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { region } from '../stack/names.ts';
import type { EventSourceModel } from '../stack/read-stack.ts';
import type { LambdaFunction } from './lambda-function.ts';

interface EventSourceSettings extends Omit<EventSourceModel, 'target'> {
  readonly sqs: SQSClient;
  readonly target: LambdaFunction;
  /** Receivers in parallel; of one message group only one ever holds messages. */
  readonly concurrency: number;
  onDelivery(bodies: readonly string[]): void;
}

export interface EventSource {
  stop(): Promise<void>;
}

/**
 * Polls a queue for a function as Lambda's event source mapping does: what the function names as failed, or
 * the whole batch when it throws, stays in the queue until its visibility time-out; the rest is deleted.
 */
export function startEventSource(settings: EventSourceSettings): EventSource {
  const { sqs, queue, target } = settings;
  const stopping = new AbortController();

  async function pollUntilStopped(): Promise<void> {
    while (!stopping.signal.aborted) {
      const { Messages: messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queue.url,
          MaxNumberOfMessages: Math.min(settings.batchSize, 10), // SQS's own limit
          WaitTimeSeconds: 20,
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
        { abortSignal: stopping.signal },
      );
      if (messages.length === 0) continue;
      settings.onDelivery(messages.map(({ Body = '' }) => Body));
      const failed = await failedIds(messages);
      const done = messages.filter(({ MessageId = '' }) => !failed.has(MessageId));
      if (done.length > 0) await remove(done);
    }
  }

  async function failedIds(messages: readonly Message[]): Promise<ReadonlySet<string>> {
    const ids = messages.map(({ MessageId = '' }) => MessageId);
    try {
      const answer = await target.invoke(lambdaEvent(messages, queue.arn));
      return new Set(settings.reportsBatchItemFailures ? reportedFailures(answer, ids) : []);
    } catch {
      return new Set(ids);
    }
  }

  async function remove(messages: readonly Message[]): Promise<void> {
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queue.url,
        Entries: messages.map(({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle })),
      }),
    );
  }

  const receivers = Array.from({ length: settings.concurrency }, () =>
    pollUntilStopped().catch((error) => {
      if (!stopping.signal.aborted) throw error;
    }),
  );
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(receivers);
    },
  };
}

const batchAnswer = z.nullish(
  z.object({ batchItemFailures: z.nullish(z.array(z.object({ itemIdentifier: z.string() }))) }),
);

/** Nothing said is success; an answer of the wrong shape, or an id that is not in the batch, fails all of it. */
function reportedFailures(answer: unknown, ids: readonly string[]): readonly string[] {
  const parsed = batchAnswer.safeParse(answer);
  if (!parsed.success) return ids;
  const reported = parsed.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier) ?? [];
  return reported.every((id) => ids.includes(id)) ? reported : ids;
}

function lambdaEvent(messages: readonly Message[], queueArn: string): SQSEvent {
  return {
    Records: messages.map((message) => ({
      messageId: message.MessageId ?? '',
      receiptHandle: message.ReceiptHandle ?? '',
      body: message.Body ?? '',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '0',
        SenderId: '',
        ApproximateFirstReceiveTimestamp: '0',
        ...message.Attributes,
      },
      messageAttributes: Object.fromEntries(
        Object.entries(message.MessageAttributes ?? {}).map(
          ([name, { StringValue, DataType = 'String' }]) => [
            name,
            { stringValue: StringValue, dataType: DataType },
          ],
        ),
      ),
      md5OfBody: message.MD5OfBody ?? '',
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: region,
    })),
  };
}
