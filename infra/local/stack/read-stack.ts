import { join } from 'node:path';
import * as z from 'zod/mini';
import { type IamModel, iamModel } from '../iam/iam-model.ts';
import { type LocalEndpoints, localNames, physicalName } from './names.ts';
import { resolveIntrinsics } from './resolve-intrinsics.ts';
import { readTemplate } from './template.ts';

const functionProperties = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Timeout: z._default(z.number(), 3),
  MemorySize: z._default(z.number(), 128),
  Environment: z._default(z.object({ Variables: z.record(z.string(), z.string()) }), { Variables: {} }),
});

const eventSourceProperties = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z._default(z.number(), 10),
  FunctionResponseTypes: z._default(z.array(z.string()), []),
});

const routeProperties = z.object({ RouteKey: z.string(), Target: z.string() });
const scheduleProperties = z.object({
  ScheduleExpression: z.string(),
  Target: z.object({ Arn: z.string() }),
});
const integrationProperties = z.object({ IntegrationUri: z.string() });

export interface FunctionModel {
  readonly name: string;
  readonly arn: string;
  /** The folder `cdk synth` bundled the function into. */
  readonly assetDirectory: string;
  /** `file.export` */
  readonly handler: string;
  readonly timeoutSec: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
}

export interface QueueModel {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface TableModel {
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface EventSourceModel {
  readonly queue: QueueModel;
  readonly target: FunctionModel;
  readonly batchSize: number;
  readonly reportsBatchItemFailures: boolean;
}

export interface RouteModel {
  readonly method: string;
  readonly path: string;
  readonly target: FunctionModel;
}

export interface ScheduleModel {
  readonly everySec: number;
  readonly target: FunctionModel;
}

/** What of a synthesized stack runs on this machine; alarms and dashboards stay on paper. */
export interface StackModel {
  readonly functions: readonly FunctionModel[];
  readonly queues: readonly QueueModel[];
  readonly tables: readonly TableModel[];
  readonly eventSources: readonly EventSourceModel[];
  readonly routes: readonly RouteModel[];
  readonly schedules: readonly ScheduleModel[];
  readonly iam: IamModel;
}

/** Reads a cloud assembly, with every name, ARN and URL as it will be here. */
export function readStack(assemblyDirectory: string, endpoints: LocalEndpoints): StackModel {
  const resources = readTemplate(assemblyDirectory);
  const names = localNames(resources, endpoints);
  const found = (...types: string[]) =>
    resources
      .filter(({ type }) => types.includes(type))
      .map((resource) => ({
        id: resource.logicalId,
        name: physicalName(resource),
        properties: z.record(z.string(), z.unknown()).parse(resolveIntrinsics(resource.properties, names)),
      }));

  const functions = found('AWS::Lambda::Function').map(({ id, name, properties }): FunctionModel => {
    const { Code, Handler, Timeout, MemorySize, Environment } = functionProperties.parse(properties);
    return {
      name,
      arn: names.attribute(id, 'Arn'),
      assetDirectory: join(assemblyDirectory, `asset.${Code.S3Key.replace(/\.zip$/, '')}`),
      handler: Handler,
      timeoutSec: Timeout,
      memoryMb: MemorySize,
      environment: Environment.Variables,
    };
  });
  const queues = found('AWS::SQS::Queue').map(
    ({ id, name, properties }): QueueModel => ({
      name,
      url: names.ref(id),
      arn: names.attribute(id, 'Arn'),
      properties,
    }),
  );
  const integrations = new Map(
    found('AWS::ApiGatewayV2::Integration').map(({ id, properties }) => [
      `integrations/${id}`,
      integrationProperties.parse(properties).IntegrationUri,
    ]),
  );

  return {
    functions,
    queues,
    iam: iamModel(resources, names),
    tables: found('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'),
    eventSources: found('AWS::Lambda::EventSourceMapping').map(({ properties }) => {
      const source = eventSourceProperties.parse(properties);
      return {
        queue: named(queues, source.EventSourceArn),
        target: named(functions, source.FunctionName),
        batchSize: source.BatchSize,
        reportsBatchItemFailures: source.FunctionResponseTypes.includes('ReportBatchItemFailures'),
      };
    }),
    routes: found('AWS::ApiGatewayV2::Route').map(({ properties }) => {
      const { RouteKey, Target } = routeProperties.parse(properties);
      const [method = '', path = ''] = RouteKey.split(' ');
      return { method, path, target: named(functions, integrations.get(Target) ?? '') };
    }),
    schedules: found('AWS::Scheduler::Schedule').map(({ properties }) => {
      const { ScheduleExpression, Target } = scheduleProperties.parse(properties);
      return { everySec: rateSec(ScheduleExpression), target: named(functions, Target.Arn) };
    }),
  };
}

/** @example rateSec('rate(5 minutes)') // 300 */
function rateSec(expression: string): number {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const unitSec = new Map([
    ['minute', 60],
    ['hour', 3_600],
    ['day', 86_400],
  ]).get(unit);
  if (unitSec === undefined) throw new Error(`Only rates are run on this machine, not ${expression}.`);
  return Number(count) * unitSec;
}

/** Finds it by its name or its ARN: a template may say either. */
function named<Model extends { readonly name: string; readonly arn: string }>(
  models: readonly Model[],
  nameOrArn: string,
): Model {
  const found = models.find(({ name, arn }) => name === nameOrArn || arn === nameOrArn);
  if (found === undefined) throw new Error(`The template refers to ${nameOrArn} and does not define it.`);
  return found;
}
