import { type FunctionRole, iamModel } from '../../infra/local/iam/iam-model.ts';
import { localNames } from '../../infra/local/stack/names.ts';
import { resolveIntrinsics } from '../../infra/local/stack/resolve-intrinsics.ts';
import { resourcesIn } from '../../infra/local/stack/template.ts';

/** The roles and the variables of a template's functions, with the names that `npm start` gives. */
export function stackModel(template: unknown) {
  const resources = resourcesIn(template);
  const names = localNames(resources, { sqs: 'https://sqs.test', api: 'https://api.test' });
  const iam = iamModel(resources, names);
  return {
    iam,

    roleOf(functionName: string): FunctionRole {
      const role = iam.roles.find((one) => one.functionName === functionName);
      if (role === undefined) throw new Error(`The template has no function ${functionName}.`);
      return role;
    },

    variablesOf(functionName: string): Readonly<Record<string, string>> {
      return resources
        .filter(({ type }) => type === 'AWS::Lambda::Function')
        .map(({ properties }) => Object(resolveIntrinsics(properties, names)).Environment.Variables)
        .find(({ POWERTOOLS_SERVICE_NAME }) => POWERTOOLS_SERVICE_NAME === functionName);
    },
  };
}
