import type { Template } from 'aws-cdk-lib/assertions';

export interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The permissions of a template, in words. */
export function policiesIn(template: Template) {
  function statements(roleId?: string): readonly Statement[] {
    return Object.values(template.findResources('AWS::IAM::Policy'))
      .map(({ Properties }) => Properties)
      .filter(
        ({ Roles }) => roleId === undefined || Roles.some((role: { Ref: string }) => role.Ref === roleId),
      )
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  }

  function functionNamed(functionName: string) {
    return Object.values(template.findResources('AWS::Lambda::Function')).find(
      ({ Properties }) => Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME === functionName,
    )?.Properties;
  }

  /** A reference as the path of the construct it means, `AWS::Region` as `Region`. */
  function named(value: unknown): string {
    if (typeof value === 'string') return value;
    if (Array.isArray(value)) return value.map(named).join('');
    const [[intrinsic, argument] = []] = Object.entries(value ?? {});
    if (intrinsic === 'Fn::Join') return named(argument[1]);
    const id = intrinsic === 'Ref' ? argument : argument[0];
    if (id.startsWith('AWS::')) return id.slice('AWS::'.length);
    const path: string = template.toJSON().Resources[id].Metadata['aws:cdk:path'];
    return path.split('/').slice(1, -1).join('/');
  }

  function statementsOf(functionName: string): readonly Statement[] {
    return statements(functionNamed(functionName)?.Role['Fn::GetAtt'][0]);
  }

  return {
    named,
    statements,
    statementsOf,

    /** One line a permission, in alphabetical order: `action on construct/path`. */
    permissionsOf(functionName: string): readonly string[] {
      const permissions = statementsOf(functionName).flatMap(({ Action, Resource }) =>
        [Action]
          .flat()
          .flatMap((action) => [Resource].flat().map((resource) => `${action} on ${named(resource)}`)),
      );
      return [...new Set(permissions)].sort();
    },

    /** A function's variables, with references as the paths of constructs. */
    environmentOf(functionName: string): Readonly<Record<string, string>> {
      const variables: Readonly<Record<string, unknown>> =
        functionNamed(functionName)?.Environment.Variables ?? {};
      return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, named(value)]));
    },
  };
}
