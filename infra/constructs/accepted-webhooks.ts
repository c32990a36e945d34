import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { RunbookAlarm } from './runbook-alarm.ts';

export interface AcceptedWebhooksProps {
  /** Its lines of status 2xx are counted. */
  readonly accessLog: ILogGroup;
  /** Where each sweep writes a line: it counts as no webhook. */
  readonly sweepLog: ILogGroup;
  /** The alarm rings when none was accepted for so long. */
  readonly silenceHours: number;
  readonly topic: ITopic;
}

const metric = { metricNamespace: 'BillingWatch', metricName: 'AcceptedWebhooks' };

/**
 * Counts the webhooks that were answered 2xx, and rings when none is for long: also when none ever was, as the endpoint
 * was never registered. No event means no metric, and an alarm that takes missing data for silence rings while the stack
 * is being made, before anyone has confirmed to get its emails. So each sweep counts as 0: from then on there is data,
 * and the hours before it don't count.
 */
export class AcceptedWebhooks extends Construct {
  constructor(scope: Construct, id: string, props: AcceptedWebhooksProps) {
    super(scope, id);
    const { accessLog, sweepLog, silenceHours, topic } = props;
    accessLog.addMetricFilter('Accepted', {
      ...metric,
      filterPattern: FilterPattern.literal('[id, ip, status = 2*, ms, error]'),
      metricValue: '1',
    });
    sweepLog.addMetricFilter('None', {
      ...metric,
      filterPattern: FilterPattern.literal('{ $.message = "Swept" }'),
      metricValue: '0',
    });
    new RunbookAlarm(this, 'webhooks-stopped', {
      meaning: `No webhook was accepted for ${silenceHours} hours, or none since the deployment: the endpoint in Stripe is missing, deleted or disabled, or nothing has happened there. Nothing is watched.`,
      metric: new Metric({
        namespace: metric.metricNamespace,
        metricName: metric.metricName,
        period: Duration.hours(1),
        statistic: 'sum',
      }),
      threshold: 1,
      rings: 'below',
      periods: silenceHours,
      missing: 'fine', // sweep-stopped rings then
      topic,
    });
  }
}
