import type { Access, Statement } from './policy.ts';

/**
 * What a policy allows, one line for each action, resource and key pattern.
 * @example grantsIn([{ Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: ['arn:aws:sqs:us-east-1:0:alerts'] }])
 * // ['sqs:SendMessage on alerts']
 */
export function grantsIn(statements: readonly Statement[]): readonly string[] {
  const all = statements.flatMap((statement) =>
    statement.Action.flatMap((action) =>
      statement.Resource.flatMap((resource) =>
        limitsOf(statement).map((limit) => grantWords(action, resource, limit)),
      ),
    ),
  );
  return [...new Set(all)].sort();
}

/** The lines of `grantsIn` that allow an access; none: it is denied. */
export function grantsFor(statements: readonly Statement[], access: Access): readonly string[] {
  return statements.flatMap((statement) => {
    const actions = statement.Action.filter((action) =>
      isLike(access.action.toLowerCase(), action.toLowerCase()),
    );
    const resources = statement.Resource.filter((resource) => isLike(access.resource, resource));
    if (actions.length === 0 || resources.length === 0 || !isMet(statement, access)) return [];
    const limits = limitsOf(statement).filter((limit) => isTouched(limit, access));
    return actions.flatMap((action) =>
      resources.flatMap((resource) => limits.map((limit) => grantWords(action, resource, limit))),
    );
  });
}

/**
 * Whether a statement's conditions are met. One statement has to fit all keys of a request: two that fit half of them
 * each do not allow it. No keys at all (a scan) fit `ForAllValues`, as on AWS.
 */
function isMet({ Condition = {} }: Statement, { leadingKeys = [], fromAddress }: Access): boolean {
  const keys = Condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
  const from = Condition.StringEquals?.['ses:FromAddress'];
  const isKeyGranted = (key: string) => keys?.some((pattern) => isLike(key, pattern)) ?? true;
  return leadingKeys.every(isKeyGranted) && (from?.some((address) => address === fromAddress) ?? true);
}

/** A pattern of partition keys, or nothing. */
type Limit = string | undefined;

function limitsOf({ Condition }: Statement): readonly Limit[] {
  return Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? [undefined];
}

function isTouched(limit: Limit, { leadingKeys = [] }: Access): boolean {
  return limit === undefined || leadingKeys.length === 0 || leadingKeys.some((key) => isLike(key, limit));
}

function grantWords(action: string, resource: string, limit: Limit): string {
  return `${action} on ${shortArn(resource)}${limit === undefined ? '' : `, keys ${limit}`}`;
}

/** An ARN without its account. @example shortArn('arn:aws:dynamodb:us-east-1:0:table/Records') // 'table/Records' */
export function shortArn(arn: string): string {
  return arn.split(':').slice(5).join(':') || arn;
}

/** IAM's wildcards: a star for any text, a question mark for one character. */
function isLike(text: string, pattern: string): boolean {
  if (!/[*?]/.test(pattern)) return text === pattern;
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(text);
}
