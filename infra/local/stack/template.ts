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
    z.object({ Type: z.string(), Properties: z._default(z.record(z.string(), z.unknown()), {}) }),
  ),
});

export interface Resource {
  readonly logicalId: string;
  /** e.g. `AWS::SQS::Queue` */
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The resources of the one stack in a cloud assembly (`cdk.out`), as `cdk synth` wrote them. */
export function readTemplate(assemblyDirectory: string): readonly Resource[] {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(assemblyDirectory, file), 'utf8'));
  const { artifacts } = manifestShape.parse(read('manifest.json'));
  const stack = Object.values(artifacts).find((artifact) => artifact.type === 'aws:cloudformation:stack');
  const file = stack?.properties?.templateFile;
  if (file === undefined) throw new Error(`${assemblyDirectory} holds no stack: run \`npm run synth\`.`);
  return Object.entries(templateShape.parse(read(file)).Resources).map(([logicalId, resource]) => ({
    logicalId,
    type: resource.Type,
    properties: resource.Properties,
  }));
}
