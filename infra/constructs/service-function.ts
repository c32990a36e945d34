import { join } from 'node:path';
import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type IGrantable, type IPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type * as z from 'zod/mini';

export interface ServiceFunctionProps<Env extends z.ZodMiniObject = z.ZodMiniObject> {
  /** Its folder under functions/. */
  readonly name: string;
  /** What functions/<name>/env.ts asks for: leave one out of `environment` and it does not compile. */
  readonly env: Env;
  readonly environment: Readonly<Record<keyof z.infer<Env>, string>>;
  readonly timeout: Duration;
  readonly memorySizeMiB: number;
  readonly logRetention: RetentionDays;
  /** Concurrent executions that are its own: no other function takes them, and it gets no more. @default none */
  readonly reservedConcurrency?: number;
}

/** One Lambda: bundled from functions/<name>, its own log group, its own role that starts out with nothing. */
export class ServiceFunction<Env extends z.ZodMiniObject = z.ZodMiniObject>
  extends Construct
  implements IGrantable
{
  readonly name: string;
  readonly function: NodejsFunction;
  readonly logGroup: LogGroup;
  readonly timeout: Duration;
  readonly grantPrincipal: IPrincipal;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps<Env>) {
    super(scope, id);
    this.name = props.name;
    this.timeout = props.timeout;
    this.logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/${Stack.of(this).stackName}/${props.name}`,
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY, // so that the stack can be made again under the same name
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(role);
    this.grantPrincipal = role;

    const projectRoot = join(__dirname, '../..');
    this.function = new NodejsFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      projectRoot,
      depsLockFilePath: join(projectRoot, 'package-lock.json'),
      entry: join(projectRoot, 'functions', props.name, 'index.ts'),
      role,
      logGroup: this.logGroup,
      // Lambda's three lines about each invocation, half a kilobyte, are written only where one has failed.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      timeout: props.timeout,
      memorySize: props.memorySizeMiB,
      reservedConcurrentExecutions: props.reservedConcurrency,
      awsSdkConnectionReuse: false, // an environment variable that only the old SDK reads
      environment: {
        ...props.environment,
        POWERTOOLS_SERVICE_NAME: props.name,
        POWERTOOLS_METRICS_NAMESPACE: 'BillingWatch',
      },
      bundling: {
        // CommonJS starts in half the CPU time of ES modules; source maps would cost a quarter of the start.
        format: OutputFormat.CJS,
        mainFields: ['module', 'main'],
        target: 'node24',
        minify: true,
        loader: { '.wasm': 'file', '.ttf': 'file' }, // next to the bundle, read when they are needed
        externalModules: [], // the SDK version we tested, not the one the runtime happens to have
      },
    });
  }
}
