import { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { RunbookAlarm } from './runbook-alarm.ts';
import { ServiceFunction } from './service-function.ts';

export interface ThrottleAlarmsProps {
  /** Its functions are watched, those of every construct below it. */
  readonly of: Construct;
  readonly topic: ITopic;
}

/** An alarm a function, so that none is forgotten: Lambda refuses to start it, as the account's concurrency is used up. */
export class ThrottleAlarms extends Construct {
  constructor(scope: Construct, id: string, { of, topic }: ThrottleAlarmsProps) {
    super(scope, id);
    for (const one of of.node.findAll()) {
      if (!(one instanceof ServiceFunction)) continue;
      new RunbookAlarm(this, 'function-throttles', {
        of: one.name,
        meaning: `Lambda refuses to start ${one.name}: no concurrent execution is left for it. What it would have done is late; messages wait in their queues.`,
        metric: one.function.metricThrottles({ period: Duration.minutes(15), statistic: 'sum' }),
        threshold: 5, // one or two are a moment of trouble, and are tried again
        topic,
      });
    }
  }
}
