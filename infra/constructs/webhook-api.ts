import { Duration, Stack } from 'aws-cdk-lib';
import { HttpMethod, type HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { PublicApi } from './public-api.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import type { ServiceFunction } from './service-function.ts';

export interface WebhookApiProps {
  readonly config: Pick<Config, 'logRetentionDays' | 'webhookRatePerSec' | 'webhookBurst'>;
  readonly webhook: ServiceFunction;
  readonly topic: ITopic;
}

const path = '/stripe/webhook';

/** Where Stripe sends, and what is watched about the answers. */
export class WebhookApi extends PublicApi {
  readonly webhookUrl: string;

  constructor(scope: Construct, id: string, { config, webhook, topic }: WebhookApiProps) {
    super(scope, id, {
      name: { api: Stack.of(scope).stackName, accessLog: 'access' },
      // An address with a slash at its end is Stripe's, too. HTTP APIs take no route that ends in one, but a greedy
      // variable matches it: https://github.com/storacha/w3infra/pull/166. The signature authorises, not the path.
      paths: [path, `${path}/{rest+}`],
      methods: [HttpMethod.POST],
      target: webhook,
      throttle: { ratePerSec: config.webhookRatePerSec, burst: config.webhookBurst },
      authorisation:
        "Stripe's signature is the authorisation; it covers the body, so only the function can check it.",
      logRetention: config.logRetentionDays,
    });
    this.webhookUrl = `${this.url}${path}`;

    new RunbookAlarm(this, 'webhook-errors', {
      meaning:
        'Stripe is asked to retry (5xx) 5 % of its webhooks or more. It holds automatic invoices for up to 72 hours.',
      metric: percentOfRequests(this.stage, this.stage.metricServerError(statistic)),
      threshold: 5,
      topic,
    });
    new RunbookAlarm(this, 'webhook-refusals', {
      meaning:
        'Half of the webhooks or more are refused (4xx): a wrong signing secret, or strangers at the door.',
      metric: percentOfRequests(this.stage, this.stage.metricClientError(statistic)),
      threshold: 50,
      topic,
    });
    new RunbookAlarm(this, 'webhook-signatures', {
      meaning:
        'Requests with a signature of the shape that Stripe makes are refused: the signing secret of a destination is missing here, or was rolled. Its events are not seen.',
      metric: new Metric({
        namespace: 'BillingWatch',
        metricName: 'RefusedSignatures',
        dimensionsMap: { service: 'webhook' },
        period: Duration.hours(6), // of a destination with one event a week, Stripe's own retries make it three
        statistic: 'sum',
      }),
      threshold: 3,
      topic,
    });
    this.accessLog.addMetricFilter('Throttled', {
      metricNamespace: 'BillingWatch',
      metricName: 'ThrottledWebhooks',
      filterPattern: FilterPattern.literal('[id, ip, status = 429, ms, error]'),
      metricValue: '1',
    });
    new RunbookAlarm(this, 'webhook-throttled', {
      meaning:
        'More webhooks come than are admitted: Stripe sends them again later, and alerts about them are late.',
      metric: new Metric({ namespace: 'BillingWatch', metricName: 'ThrottledWebhooks', ...statistic }),
      threshold: 10, // far fewer than one busy second makes: a share would hide them among the rest
      topic,
    });
  }
}

/** Sums of a quarter of an hour; a small company has a handful of requests then, so one stray answer does not count. */
const statistic = { period: Duration.minutes(15), statistic: 'sum' };
const floor = 3;

function percentOfRequests(stage: HttpStage, counted: IMetric): MathExpression {
  return new MathExpression({
    expression: `IF(counted >= ${floor}, 100 * counted / requests, 0)`,
    usingMetrics: { counted, requests: stage.metricCount(statistic) },
    period: statistic.period,
  });
}
