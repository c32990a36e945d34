/** A function's name under functions/, which our construct puts in its variables; for another function, its full name. */
export function shortNameOf(name: string, variables: Readonly<Record<string, unknown>>): string {
  return String(variables.POWERTOOLS_SERVICE_NAME ?? name);
}
