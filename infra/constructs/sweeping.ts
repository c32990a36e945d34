import { Duration } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { sweepEnv } from '../../functions/sweep/env.ts';
import type { Config } from '../config.ts';
import { Clock } from './clock.ts';
import type { RecordTable } from './record-table.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import { ServiceFunction } from './service-function.ts';
import type { WorkQueue } from './work-queue.ts';

export interface SweepingProps {
  readonly config: Config;
  readonly records: RecordTable;
  readonly alerts: WorkQueue;
  readonly topic: ITopic;
}

/** Looks at whole accounts on a clock: rates, silence, what should have come and did not. */
export class Sweeping extends Construct {
  readonly logGroup: ILogGroup;

  constructor(scope: Construct, id: string, { config, records, alerts, topic }: SweepingProps) {
    super(scope, id);
    const sweep = new ServiceFunction(this, 'Sweep', {
      name: 'sweep',
      env: sweepEnv,
      environment: {
        TABLE_NAME: records.tableName,
        ALERTS_QUEUE_URL: alerts.queue.queueUrl,
        SETTINGS: JSON.stringify(config.detection),
      },
      timeout: Duration.minutes(4), // less than the time to the next
      memorySizeMiB: 1024, // once an hour it recounts three days
      logRetention: config.logRetentionDays,
    });
    this.logGroup = sweep.logGroup;
    records.grantSweep(sweep);
    alerts.grantSend(sweep);

    new Clock(this, 'Clock', {
      every: Duration.minutes(5),
      target: sweep,
      purpose: 'looks at whole accounts',
    });

    const threeSweeps = { period: Duration.minutes(15), statistic: 'sum' };
    new RunbookAlarm(this, 'sweep-errors', {
      meaning: 'Sweeps fail: nothing checks for card testing, missed renewals, revenue drops and silence.',
      metric: sweep.function.metricErrors(threeSweeps),
      threshold: 2, // of three: one may have met a moment of trouble, and the next made up for it
      topic,
    });
    new RunbookAlarm(this, 'sweep-stopped', {
      meaning: 'No sweep has run for 15 minutes: what only a clock can detect is missed.',
      metric: sweep.function.metricInvocations(threeSweeps),
      threshold: 1,
      rings: 'below',
      topic,
    });
  }
}
