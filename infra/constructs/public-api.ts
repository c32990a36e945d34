import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, type HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

export interface PublicApiProps {
  /** Among the APIs of the AWS account, and at the end of its access log's name. */
  readonly name: { readonly api: string; readonly accessLog: string };
  readonly paths: readonly string[];
  readonly methods: HttpMethod[];
  readonly target: ServiceFunction;
  /** Above this API Gateway answers 429. */
  readonly throttle: { readonly ratePerSec: number; readonly burst: number };
  /** Why API Gateway itself lets everyone in: who checks, and what. */
  readonly authorisation: string;
  readonly logRetention: RetentionDays;
}

/** One address that the world can reach, for one function. Each has its own, so that no flood of one touches the other. */
export class PublicApi extends Construct {
  readonly url: string;
  readonly stage: HttpStage;
  /** A line a request: `[id, ip, status, ms, error]`. */
  readonly accessLog: LogGroup;

  constructor(scope: Construct, id: string, props: PublicApiProps) {
    super(scope, id);
    const { paths, methods, target, throttle } = props;
    const api = new HttpApi(this, 'Api', { apiName: props.name.api, createDefaultStage: false });
    const integration = new HttpLambdaIntegration('Function', target.function);
    for (const route of paths.flatMap((path) => api.addRoutes({ path, methods, integration }))) {
      Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: props.authorisation });
    }
    this.accessLog = this.makeAccessLog(props);
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      autoDeploy: true,
      throttle: { rateLimit: throttle.ratePerSec, burstLimit: throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog),
        format: accessLogFormat,
      },
    });
    this.url = api.apiEndpoint;
  }

  private makeAccessLog({ name, logRetention }: PublicApiProps): LogGroup {
    return new LogGroup(this, 'AccessLog', {
      // Under this prefix it does not use up the room that an account has for permissions to deliver logs.
      logGroupName: `/aws/vendedlogs/${Stack.of(this).stackName}/${name.accessLog}`,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

/**
 * Who came, what they got, after how many ms, and what went wrong between API Gateway and the function; nothing of the
 * body, the signature or the token in a path. Five fields with spaces between, for CloudWatch's `[id, ip, ...]` filters:
 * a line for each webhook is paid by the byte, and names of fields are half of one.
 */
const accessLogFormat = AccessLogFormat.custom(
  '$context.requestId $context.identity.sourceIp $context.status $context.responseLatency "$context.integrationErrorMessage"',
);
