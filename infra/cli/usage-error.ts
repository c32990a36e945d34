/** What was typed can't be understood: a sentence that says which word. The program says how it is used, and exits 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What `parseArgs` threw, as the first sentence of it. */
export function usageErrorFrom(error: unknown): UsageError {
  const [sentence = ''] = String(error instanceof Error ? error.message : error).split(/\.\s|\n/);
  return new UsageError(`${sentence.replace(/\.$/, '')}.`);
}
