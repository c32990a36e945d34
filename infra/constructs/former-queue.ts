import { Duration, Stack } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

export interface FormerQueueProps {
  /** Of the queue, after the stack's name. */
  readonly name: string;
  /** What reads it now. */
  readonly consumer: ServiceFunction;
  readonly deadLetters: IQueue;
}

/**
 * A queue that earlier releases filled and nothing fills any more. Who comes from one of them has it emptied by itself;
 * CloudFormation would delete the queue with all that is on it. It goes with the next release.
 */
export class FormerQueue extends Construct {
  constructor(scope: Construct, id: string, { name, consumer, deadLetters }: FormerQueueProps) {
    super(scope, id);
    const queue = new Queue(this, 'Queue', {
      queueName: `${Stack.of(this).stackName}-${name}`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.seconds(6 * consumer.timeout.toSeconds()),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 10 },
    });
    consumer.function.addEventSource(
      new SqsEventSource(queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 2 }),
    );
  }
}
