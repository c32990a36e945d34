import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from './config.ts';
import { AcceptedWebhooks } from './constructs/accepted-webhooks.ts';
import { Alerting } from './constructs/alerting.ts';
import { Detection } from './constructs/detection.ts';
import { Feedback } from './constructs/feedback.ts';
import { Ingestion } from './constructs/ingestion.ts';
import { PlatformTopic } from './constructs/platform-topic.ts';
import { Reconciliation } from './constructs/reconciliation.ts';
import { RecordTable } from './constructs/record-table.ts';
import { Sweeping } from './constructs/sweeping.ts';
import { ThrottleAlarms } from './constructs/throttle-alarms.ts';

/** Stripe -> ingestion -> detection -> alerting -> finance; built from the far end, as each sends to the next. */
export class BillingWatchStack extends Stack {
  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id, { description: 'BillingWatch: finds billing anomalies in Stripe and mails finance.' });

    const { topic } = new PlatformTopic(this, 'Platform', { recipients: config.platformRecipients });
    const records = new RecordTable(this, 'Records');
    const feedback = new Feedback(this, 'Feedback', { config, records, topic });
    const alerting = new Alerting(this, 'Alerting', { config, records, feedback, topic });
    const detection = new Detection(this, 'Detection', { config, records, alerts: alerting.alerts, topic });
    const sweeping = new Sweeping(this, 'Sweeping', { config, records, alerts: alerting.alerts, topic });
    const ingestion = new Ingestion(this, 'Ingestion', { config, events: detection.events, topic });
    new AcceptedWebhooks(this, 'AcceptedWebhooks', {
      accessLog: ingestion.accessLog,
      sweepLog: sweeping.logGroup,
      silenceHours: config.webhookSilenceHours,
      topic,
    });
    const reconciliation = new Reconciliation(this, 'Reconciliation', {
      config,
      records,
      events: detection.events,
      alerts: alerting.alerts,
      webhookUrl: ingestion.webhookUrl,
      topic,
    });

    new ThrottleAlarms(this, 'Throttles', { of: this, topic });

    new CfnOutput(this, 'WebhookUrl', { value: ingestion.webhookUrl, description: 'Point Stripe here.' });
    new CfnOutput(this, 'SigningSecretsArn', {
      value: ingestion.signingSecrets.secretArn,
      description: "Put the webhook endpoint's whsec_... here.",
    });
    new CfnOutput(this, 'StripeKeyArn', {
      value: reconciliation.stripeKey.secretArn,
      description: 'Put a restricted, read-only key of Stripe here.',
    });
    new CfnOutput(this, 'ReconcileFunction', { value: reconciliation.functionName });
    new CfnOutput(this, 'AlertFunction', { value: alerting.functionName });
    new CfnOutput(this, 'TableName', { value: records.tableName });

    this.warnOfPlaceholders(config);
  }

  private warnOfPlaceholders(config: Config): void {
    const addresses = [config.fromAddress, ...config.financeRecipients, ...config.platformRecipients];
    const placeholders = addresses.filter((address) => address.endsWith('@example.com'));
    if (placeholders.length === 0) return;
    Annotations.of(this).addWarningV2(
      'billingwatch:placeholder-address',
      `No one reads ${placeholders.join(', ')}. Before you deploy, write your own addresses in cdk.json under context.billingwatch.`,
    );
  }
}
