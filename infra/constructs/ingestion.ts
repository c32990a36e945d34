import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { webhookEnv } from '../../functions/webhook/env.ts';
import type { Config } from '../config.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { ServiceFunction } from './service-function.ts';
import { WebhookApi } from './webhook-api.ts';
import type { WorkQueue } from './work-queue.ts';

export interface IngestionProps {
  readonly config: Config;
  readonly events: WorkQueue;
  readonly topic: ITopic;
}

/** Stripe's webhooks, verified, in our own words, on the events queue. */
export class Ingestion extends Construct {
  readonly webhookUrl: string;
  readonly accessLog: ILogGroup;
  readonly signingSecrets: Secret;

  constructor(scope: Construct, id: string, { config, events, topic }: IngestionProps) {
    super(scope, id);
    this.signingSecrets = this.makeSigningSecrets();

    const unreadable = new DeadLetterQueue(this, 'Unreadable', {
      name: 'unreadable-events',
      fifo: false,
      meaning: 'Stripe sent an event that BillingWatch can not read: it was judged by no detector.',
      topic,
    });
    Validations.of(unreadable.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is a dead-letter queue; the webhook fills it, not another queue.',
    });

    const webhook = new ServiceFunction(this, 'Webhook', {
      name: 'webhook',
      env: webhookEnv,
      environment: {
        EVENTS_QUEUE_URL: events.queue.queueUrl,
        UNREADABLE_QUEUE_URL: unreadable.queue.queueUrl,
        SIGNING_SECRETS_ARN: this.signingSecrets.secretArn,
      },
      timeout: Duration.seconds(10),
      memorySizeMiB: 512, // CPU comes with memory: a cold start well within Stripe's patience
      logRetention: config.logRetentionDays,
      reservedConcurrency: config.webhookReservedConcurrency || undefined,
    });
    events.grantSend(webhook);
    unreadable.queue.grant(webhook, 'sqs:SendMessage');
    webhook.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['secretsmanager:GetSecretValue'],
        resources: [this.signingSecrets.secretArn],
      }),
    );

    const { webhookUrl, accessLog } = new WebhookApi(this, 'WebhookApi', { config, webhook, topic });
    this.webhookUrl = webhookUrl;
    this.accessLog = accessLog;
  }

  /** Filled with random text that no one knows: until the operator puts Stripe's secret there, nothing is verified. */
  private makeSigningSecrets(): Secret {
    const secret = new Secret(this, 'SigningSecrets', {
      description:
        "BillingWatch: the webhook endpoint's whsec_..., or two of them, a space or a comma between, during a roll.",
      generateSecretString: { excludePunctuation: true },
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Only Stripe makes these secrets; a person rolls them in its dashboard and puts them here.',
    });
    return secret;
  }
}
