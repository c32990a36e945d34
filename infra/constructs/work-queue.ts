import { Duration, Stack } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import {
  DeduplicationScope,
  FifoThroughputLimit,
  type IQueue,
  Queue,
  QueueEncryption,
} from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import type { ServiceFunction } from './service-function.ts';

export interface WorkQueueProps {
  /** Of the queue, after the stack's name; its sections in the runbook are `<name>-dlq` and `<name>-age`. */
  readonly name: string;
  readonly fifo: boolean;
  readonly consumer: ServiceFunction;
  readonly consumerMaxConcurrency: number;
  /** Messages it gets at once, at most. */
  readonly batchSize: number;
  /** Tries before a message goes to the dead letters. */
  readonly maxReceiveCount: number;
  /** The alarm rings when the oldest message has waited this long. */
  readonly alarmAge: Duration;
  /** What waiting and dead messages mean for finance, as sentences. */
  readonly meaning: { readonly waiting: string; readonly dead: string };
  readonly topic: ITopic;
}

/** A queue, the function it feeds, and what happens when that fails: tries, dead letters, alarms. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: IQueue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const { name, fifo, topic, meaning } = props;
    const { queue: deadLetters } = new DeadLetterQueue(this, 'DeadLetters', {
      name: `${name}-dlq`,
      fifo,
      meaning: meaning.dead,
      topic,
    });
    this.deadLetters = deadLetters;
    this.queue = new Queue(this, 'Queue', {
      queueName: `${Stack.of(this).stackName}-${name}${fifo ? '.fifo' : ''}`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14), // the longest SQS allows: what waits longer is lost
      // Lambda's advice: room for its own retries when it is throttled, before the message shows again.
      visibilityTimeout: Duration.seconds(6 * props.consumer.timeout.toSeconds()),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: props.maxReceiveCount },
      ...(fifo && highThroughputFifo),
    });
    props.consumer.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: props.batchSize,
        reportBatchItemFailures: true,
        maxConcurrency: props.consumerMaxConcurrency,
      }),
    );
    new RunbookAlarm(this, `${name}-age`, {
      meaning: meaning.waiting,
      metric: this.queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(1),
        statistic: 'max',
      }),
      threshold: props.alarmAge.toSeconds(),
      topic,
    });
  }

  /** Sending and nothing else. */
  grantSend(sender: IGrantable): void {
    this.queue.grant(sender, 'sqs:SendMessage');
  }
}

/** Order and deduplication within a group only, so that groups go in parallel. */
const highThroughputFifo = {
  fifo: true,
  deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
  fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
};
