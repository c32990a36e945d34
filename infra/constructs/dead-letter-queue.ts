import { Duration, Stack } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { RunbookAlarm } from './runbook-alarm.ts';

export interface DeadLetterQueueProps {
  /** The name of the queue, after the stack's name, and of its section in the runbook. */
  readonly name: string;
  readonly fifo: boolean;
  /** What one message here means, as a sentence. */
  readonly meaning: string;
  readonly topic: ITopic;
}

/** What could not be processed waits here for a person; the first message rings. */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      queueName: `${Stack.of(this).stackName}-${props.name}${props.fifo ? '.fifo' : ''}`,
      fifo: props.fifo || undefined, // CloudFormation refuses a plain `false`
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14), // the longest SQS allows
    });
    new RunbookAlarm(this, props.name, {
      meaning: props.meaning,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'max',
      }),
      threshold: 1,
      topic: props.topic,
    });
  }
}
