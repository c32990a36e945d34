import { Duration, Stack } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
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
  /** The name of the queue, after the stack's name; its sections in the runbook are `<name>-dlq` and `<name>-age`. */
  readonly name: string;
  readonly fifo: boolean;
  /** Of the function that it feeds. */
  readonly consumerTimeout: Duration;
  /** The service under which it reports what waits: its name. */
  readonly consumerName: string;
  /** The alarm rings when the oldest message has waited this long. */
  readonly alarmAge: Duration;
  /** What waiting and dead messages mean for finance, as sentences. */
  readonly meaning: { readonly waiting: string; readonly dead: string };
  readonly topic: ITopic;
}

/**
 * The consumer counts a message's own tries and gives it up itself (lib/queue/process-messages.ts). SQS counts receives
 * also while AWS refuses calls or no function can start, so its count is only a backstop: the highest that it allows.
 */
const maxReceiveCount = 1_000;

/** A queue, and what happens when its consumer fails: waiting, dead letters, alarms. */
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
      visibilityTimeout: Duration.seconds(6 * props.consumerTimeout.toSeconds()),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount },
      ...(fifo && highThroughputFifo),
    });
    new RunbookAlarm(this, `${name}-age`, {
      meaning: meaning.waiting,
      metric: this.oldestMetric(props.consumerName),
      threshold: props.alarmAge.toSeconds(),
      topic,
    });
  }

  /**
   * The age of the oldest message, as SQS knows it or as the consumer reports it. SQS leaves out a message that was
   * received three times: so it sees those that no function takes, and the consumer those that AWS's errors hold up.
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
   */
  private oldestMetric(service: string): MathExpression {
    const period = Duration.minutes(1);
    return new MathExpression({
      expression: 'MAX([FILL(age, 0), FILL(waiting, 0)])',
      usingMetrics: {
        age: this.queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'max' }),
        waiting: new Metric({
          namespace: 'BillingWatch',
          metricName: 'WaitingSeconds',
          dimensionsMap: { service },
          period,
          statistic: 'max',
        }),
      },
      period,
    });
  }

  /** Feeds a function, which may send messages on to the dead letters itself. */
  feed(
    consumer: ServiceFunction,
    props: { readonly batchSize: number; readonly maxConcurrency: number },
  ): void {
    consumer.function.addEventSource(
      new SqsEventSource(this.queue, { ...props, reportBatchItemFailures: true }),
    );
    this.deadLetters.grant(consumer, 'sqs:SendMessage');
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
