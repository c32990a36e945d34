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

  return { named, statements };
}
