import { Duration, Validations } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { reconcileEnv } from '../../functions/reconcile/env.ts';
import type { Config } from '../config.ts';
import { Clock } from './clock.ts';
import type { RecordTable } from './record-table.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import { ServiceFunction } from './service-function.ts';
import type { WorkQueue } from './work-queue.ts';

export interface ReconciliationProps {
  readonly config: Config;
  readonly records: RecordTable;
  readonly events: WorkQueue;
  readonly alerts: WorkQueue;
  readonly webhookUrl: string;
  readonly topic: ITopic;
}

/** Compares what Stripe made with what we saw, and fetches what is missing: once someone gives it a key. */
export class Reconciliation extends Construct {
  readonly stripeKey: Secret;
  readonly functionName: string;

  constructor(scope: Construct, id: string, props: ReconciliationProps) {
    super(scope, id);
    const { config, records, events, alerts, webhookUrl, topic } = props;
    this.stripeKey = this.makeStripeKey();
    const reconcile = new ServiceFunction(this, 'Reconcile', {
      name: 'reconcile',
      env: reconcileEnv,
      environment: {
        TABLE_NAME: records.tableName,
        EVENTS_QUEUE_URL: events.queue.queueUrl,
        ALERTS_QUEUE_URL: alerts.queue.queueUrl,
        STRIPE_KEY_ARN: this.stripeKey.secretArn,
        WEBHOOK_URL: webhookUrl,
        SETTINGS: JSON.stringify(config.detection),
      },
      timeout: Duration.minutes(10), // less than the time to the next
      memorySizeMiB: 1024, // ten thousand events and as many objects at once
      logRetention: config.logRetentionDays,
    });
    this.functionName = reconcile.function.functionName;
    records.grantReconcile(reconcile);
    events.grantSend(reconcile);
    events.queue.grant(reconcile, 'sqs:GetQueueAttributes');
    alerts.grantSend(reconcile);
    reconcile.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['secretsmanager:GetSecretValue'],
        resources: [this.stripeKey.secretArn],
      }),
    );

    // A draft has an hour: one whose webhook is lost is back with more than half of it left.
    const every = Duration.minutes(15);
    new Clock(this, 'Clock', { every, target: reconcile, purpose: 'compares itself with Stripe' });

    new RunbookAlarm(this, 'reconcile-errors', {
      meaning: 'The comparison with Stripe fails: what Stripe did not deliver is not fetched.',
      metric: reconcile.function.metricErrors({ period: Duration.hours(1), statistic: 'sum' }),
      threshold: 3, // of four: the next run continues where one ended
      topic,
    });
    new RunbookAlarm(this, 'reconcile-gaps', {
      meaning: 'Some of what Stripe made stays unseen, though it was fetched three times.',
      metric: new Metric({
        namespace: 'BillingWatch',
        metricName: 'UnseenEvents',
        dimensionsMap: { service: 'reconcile' },
        period: Duration.hours(1),
        statistic: 'sum',
      }),
      threshold: 1,
      topic,
    });
  }

  /** Filled with random text, which is no key: until there is one, nothing is compared, and all else works. */
  private makeStripeKey(): Secret {
    const secret = new Secret(this, 'StripeKey', {
      description: 'BillingWatch: a restricted, read-only key of Stripe, rk_...',
      generateSecretString: { excludePunctuation: true },
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Only Stripe makes these keys; a person rolls them in its dashboard and puts them here.',
    });
    return secret;
  }
}
