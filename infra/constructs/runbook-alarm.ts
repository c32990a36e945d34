import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface RunbookAlarmProps {
  /** What it watches, at the end of its name: where several alarms share a section. */
  readonly of?: string;
  /** What is wrong when it rings, and what that means for finance: the text of the email. */
  readonly meaning: string;
  readonly metric: IMetric;
  /** It rings as soon as one period reaches this ... */
  readonly threshold: number;
  /** ... or stays below it: then no metric at all rings, too. @default 'at' */
  readonly rings?: 'at' | 'below';
  /** How many periods in a row it takes. @default 1 */
  readonly periods?: number;
  /** What a period without a metric means. @default 'wrong' for an alarm that rings below, else 'fine' */
  readonly missing?: 'wrong' | 'fine';
  readonly topic: ITopic;
}

/** An alarm that someone gets and can act on: its id is the heading of its section in docs/runbook.md. */
export class RunbookAlarm extends Construct {
  constructor(scope: Construct, section: string, props: RunbookAlarmProps) {
    const name = props.of === undefined ? section : `${section}-${props.of}`;
    super(scope, name);
    const isBelow = props.rings === 'below';
    const missing = props.missing ?? (isBelow ? 'wrong' : 'fine'); // no traffic, no metric
    const alarm = new Alarm(this, 'Alarm', {
      alarmName: `${Stack.of(this).stackName}-${name}`,
      alarmDescription: `${props.meaning} What to do: docs/runbook.md#${section}`,
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: isBelow
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: props.periods ?? 1,
      treatMissingData: missing === 'wrong' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(props.topic));
    alarm.addOkAction(new SnsAction(props.topic)); // it ends with an email, too
  }
}
