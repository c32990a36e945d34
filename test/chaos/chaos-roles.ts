import { AsyncLocalStorage } from 'node:async_hooks';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { accessControl } from '../../infra/local/iam/access-control.ts';
import { iamModel } from '../../infra/local/iam/iam-model.ts';
import { freshBuild } from '../../infra/local/stack/fresh-build.ts';
import { localNames } from '../../infra/local/stack/names.ts';
import { readTemplate } from '../../infra/local/stack/template.ts';

export interface ChaosRoles {
  /** A handler under the role that the template gives its function. */
  as<Input extends readonly unknown[], Answer>(
    functionName: string,
    handler: (...input: Input) => Answer,
  ): (...input: Input) => Answer;
  /** @throws when IAM denied a call */
  assertNoneDenied(): void;
}

/** Puts IAM in front of a table, with the synthesized policies: outside a handler, the test itself may do anything. */
export async function chaosRoles(table: DynamoDBClient, tableName: string): Promise<ChaosRoles> {
  const running = new AsyncLocalStorage<string>();
  const denied = new Set<string>();
  const control = accessControl();
  control.enforce(await modelFor(tableName));

  table.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const name = running.getStore();
        const call = { operation: commandName.replace(/Command$/, ''), input: args.input };
        const denial = name === undefined ? undefined : control.check(name, { service: 'dynamodb', ...call });
        if (denial === undefined) return next(args);
        denied.add(denial.advice);
        throw new Error(denial.message);
      },
    { step: 'initialize', priority: 'high' },
  );
  return {
    as:
      (functionName, handler) =>
      (...input) =>
        running.run(functionName, () => handler(...input)),
    assertNoneDenied() {
      if (denied.size > 0) throw new Error([...denied].join('\n'));
    },
  };
}

async function modelFor(tableName: string) {
  const assembly = await freshBuild(() => undefined);
  const resources = readTemplate(assembly).map((resource) =>
    resource.type === 'AWS::DynamoDB::Table'
      ? { ...resource, properties: { ...resource.properties, TableName: tableName } }
      : resource,
  );
  return iamModel(resources, localNames(resources, { sqs: 'https://sqs.test', api: 'https://api.test' }));
}
