import { type Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

export interface ClockProps {
  readonly every: Duration;
  readonly target: ServiceFunction;
  /** As the end of a sentence: BillingWatch ... */
  readonly purpose: string;
}

/** Invokes a function at a rate. No second try: the next invocation sees all that this one would have seen. */
export class Clock extends Construct {
  constructor(scope: Construct, id: string, { every, target, purpose }: ClockProps) {
    super(scope, id);
    target.function.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: every });
    const minutes = every.toMinutes();
    new CfnSchedule(this, 'Schedule', {
      description: `BillingWatch ${purpose}.`,
      scheduleExpression: `rate(${minutes} minute${minutes === 1 ? '' : 's'})`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: target.function.functionArn,
        roleArn: this.roleThatInvokes(target).roleArn,
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: every.toSeconds() },
      },
    });
  }

  private roleThatInvokes(target: ServiceFunction): Role {
    const scheduler = new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    });
    const role = new Role(this, 'Role', { assumedBy: scheduler });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [target.function.functionArn], // this very version, where CDK's own target would add all others
      }),
    );
    return role;
  }
}
