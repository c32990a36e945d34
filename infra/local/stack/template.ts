import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

const manifestShape = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z.optional(z.object({ templateFile: z.optional(z.string()) })),
    }),
  ),
});

const templateShape = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z._default(z.record(z.string(), z.unknown()), {}),
      Metadata: z._default(z.object({ 'aws:cdk:path': z._default(z.string(), '') }), { 'aws:cdk:path': '' }),
    }),
  ),
});

export interface Resource {
  readonly logicalId: string;
  /** e.g. `AWS::SQS::Queue` */
  readonly type: string;
  /** Of its construct, e.g. `BillingWatch/Sweeping/Sweep/Role/Resource`. */
  readonly path: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The resources of the one stack in a cloud assembly (`cdk.out`), as `cdk synth` wrote them. */
export function readTemplate(assemblyDirectory: string): readonly Resource[] {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(assemblyDirectory, file), 'utf8'));
  const { artifacts } = manifestShape.parse(read('manifest.json'));
  const stack = Object.values(artifacts).find((artifact) => artifact.type === 'aws:cloudformation:stack');
  const file = stack?.properties?.templateFile;
  if (file === undefined) throw new Error(`${assemblyDirectory} holds no stack: run \`npm run synth\`.`);
  return resourcesIn(read(file));
}

/** The resources of a template. */
export function resourcesIn(template: unknown): readonly Resource[] {
  return Object.entries(templateShape.parse(template).Resources).map(([logicalId, resource]) => ({
    logicalId,
    type: resource.Type,
    path: resource.Metadata['aws:cdk:path'],
    properties: resource.Properties,
  }));
}
