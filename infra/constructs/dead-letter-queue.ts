import { Duration, Stack } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
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

const period = Duration.minutes(5);

/**
 * What could not be processed waits here for a person; the first message rings, and so does each time that more come.
 *
 * CloudWatch acts on a change of state, never because an alarm is in one:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html. An alarm on the number of messages
 * would stay silent about all that come after the first, until the queue is empty. So a rise above what was there counts
 * as 0 for one period: the alarm is over for a moment, and rings again. What is wrong with that costs a repetition, never
 * the first ring. Five minutes, the highest count of each: a message that someone looks at is hidden for a minute.
 */
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
      meaning: `${props.meaning} Rings again when more come.`,
      metric: new MathExpression({
        expression: 'IF(DIFF(waiting) > 0 AND waiting > DIFF(waiting), 0, waiting)',
        usingMetrics: {
          waiting: this.queue.metricApproximateNumberOfMessagesVisible({ period, statistic: 'max' }),
        },
        period,
      }),
      threshold: 1,
      topic: props.topic,
    });
  }
}
