/**
 * What went wrong, by the names alone: SES and JSON quote addresses and bodies in their messages.
 * @example errorNames(new AggregateError([new TypeError('x')])) // ['TypeError']
 */
export function errorNames(error: unknown): readonly string[] {
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  return errors.map((one) => (one instanceof Error ? one.name : 'unknown'));
}
