import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import type { ServiceFunction } from './service-function.ts';

export interface WebhookApiProps {
  readonly config: Pick<Config, 'logRetentionDays' | 'webhookRatePerSec' | 'webhookBurst'>;
  readonly webhook: ServiceFunction;
  readonly topic: ITopic;
}

const path = '/stripe/webhook';

/** The one address of ours that the world can reach, and what is watched about its answers. */
export class WebhookApi extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { config, webhook, topic }: WebhookApiProps) {
    super(scope, id);
    const api = new HttpApi(this, 'Api', { apiName: Stack.of(this).stackName, createDefaultStage: false });
    const routes = api.addRoutes({
      path,
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('Webhook', webhook.function),
    });
    for (const route of routes) {
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason:
          "Stripe's signature is the authorisation; it covers the body, so only the function can check it.",
      });
    }

    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      autoDeploy: true,
      throttle: { rateLimit: config.webhookRatePerSec, burstLimit: config.webhookBurst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog(config.logRetentionDays)),
        format: accessLogFormat,
      },
    });
    this.url = `${api.apiEndpoint}${path}`;

    new RunbookAlarm(this, 'webhook-errors', {
      meaning:
        'Stripe is told to come again (5xx) for 5 % of its webhooks or more. It holds automatic invoices for up to 72 hours.',
      metric: percentOfRequests(stage, stage.metricServerError(statistic)),
      threshold: 5,
      topic,
    });
    new RunbookAlarm(this, 'webhook-refusals', {
      meaning:
        'Half of the webhooks or more are refused (4xx): a wrong signing secret, or strangers at the door.',
      metric: percentOfRequests(stage, stage.metricClientError(statistic)),
      threshold: 50,
      topic,
    });
  }

  private accessLog(retention: Config['logRetentionDays']): LogGroup {
    return new LogGroup(this, 'AccessLog', {
      // Under this prefix it does not use up the room that an account has for permissions to deliver logs.
      logGroupName: `/aws/vendedlogs/${Stack.of(this).stackName}/access`,
      retention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

/** Who came, what they got and how long it took; nothing of the body, nothing of the signature. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    at: '$context.requestTime',
    sourceIp: '$context.identity.sourceIp',
    route: '$context.routeKey',
    status: '$context.status',
    latencyMs: '$context.responseLatency',
    error: '$context.error.message',
    integrationError: '$context.integrationErrorMessage',
  }),
);

/** Of the requests of a quarter of an hour; a small company has a handful then, so one stray answer does not count. */
const statistic = { period: Duration.minutes(15), statistic: 'sum' };
const floor = 3;

function percentOfRequests(stage: HttpStage, counted: IMetric): MathExpression {
  return new MathExpression({
    expression: `IF(counted >= ${floor}, 100 * counted / requests, 0)`,
    usingMetrics: { counted, requests: stage.metricCount(statistic) },
    period: statistic.period,
  });
}
