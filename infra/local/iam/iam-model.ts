import * as z from 'zod/mini';
import { physicalName } from '../stack/names.ts';
import { type Deployed, resolveIntrinsics } from '../stack/resolve-intrinsics.ts';
import { shortNameOf } from '../stack/short-name-of.ts';
import type { Resource } from '../stack/template.ts';
import { StartError } from '../start-error.ts';
import { type Statement, statementSchema } from './policy.ts';

export interface FunctionRole {
  /** The function's short name, as in functions/; on this machine it is the access key id, too. */
  readonly functionName: string;
  /** `arn:aws:sts::...:assumed-role/<role>/<function>` */
  readonly user: string;
  /** Where its permissions are granted. */
  readonly construct: string;
  readonly statements: readonly Statement[];
}

/** What IAM knows about a synthesized stack. */
export interface IamModel {
  readonly roles: readonly FunctionRole[];
  /** The name of each table's partition key. */
  readonly partitionKeys: Readonly<Record<string, string>>;
  /** What SES has verified, an address or a domain; undefined if that was done before. */
  readonly senderIdentity: string | undefined;
}

const functionShape = z.object({
  Role: z.string(),
  Environment: z._default(z.object({ Variables: z._default(z.record(z.string(), z.unknown()), {}) }), {
    Variables: {},
  }),
});
const policyShape = z.object({
  Roles: z._default(z.array(z.string()), []),
  PolicyDocument: z.object({ Statement: z.array(z.unknown()) }),
});
/** No policies of its own or of AWS's: they are not read here. */
const roleShape = z.strictObject({ AssumeRolePolicyDocument: z.unknown() });
const tableShape = z.object({
  KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.string() })),
});
const identityShape = z.object({ EmailIdentity: z.string() });

/**
 * Reads the policies of each function's role from a template, with all names as they are on this machine.
 * @throws StartError that names the function and the statement that is not understood: nothing is allowed in silence
 */
export function iamModel(resources: readonly Resource[], names: Deployed): IamModel {
  const found = <Shape>(types: readonly string[], shape: z.ZodMiniType<Shape>) =>
    resources
      .filter(({ type }) => types.includes(type))
      .map((resource) => ({
        resource,
        properties: shape.parse(resolveIntrinsics(resource.properties, names)),
      }));

  const policies = found(['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'], policyShape);
  const roles = resources.filter(({ type }) => type === 'AWS::IAM::Role');

  const functionRole = (resource: Resource, { Role, Environment }: z.infer<typeof functionShape>) => {
    const role = roles.find((one) => names.attribute(one.logicalId, 'Arn') === Role);
    const name = role === undefined ? Role : physicalName(role);
    const functionName = shortNameOf(physicalName(resource), Environment.Variables);
    if (role === undefined || !roleShape.safeParse(role.properties).success)
      throw new StartError(`The role of ${functionName} has policies that npm start can't read: ${name}`);
    const documents = policies.filter(({ properties }) => properties.Roles.includes(name));
    return {
      functionName,
      user: `${names.attribute(role.logicalId, 'Arn').replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${functionName}`,
      construct: constructOf(resource),
      statements: documents.flatMap(({ properties }) =>
        properties.PolicyDocument.Statement.map((statement) => understood(statement, functionName)),
      ),
    };
  };

  return {
    roles: found(['AWS::Lambda::Function'], functionShape).map(({ resource, properties }) =>
      functionRole(resource, properties),
    ),
    partitionKeys: Object.fromEntries(
      found(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'], tableShape).map(
        ({ resource, properties }) => [
          physicalName(resource),
          properties.KeySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '',
        ],
      ),
    ),
    senderIdentity: found(['AWS::SES::EmailIdentity'], identityShape)[0]?.properties.EmailIdentity,
  };
}

function understood(statement: unknown, functionName: string): Statement {
  const { success, data } = statementSchema.safeParse(statement);
  if (success) return data;
  throw new StartError(
    `npm start does not understand a policy of ${functionName}: ${JSON.stringify(statement)}. Teach it in infra/local/iam.`,
  );
}

/** @example constructOf({ path: 'BillingWatch/Sweeping/Sweep/Function/Resource', ... }) // 'infra/constructs/sweeping.ts' */
function constructOf({ path }: Resource): string {
  const [, name = ''] = path.split('/');
  return `infra/constructs/${name.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase()}.ts`;
}
