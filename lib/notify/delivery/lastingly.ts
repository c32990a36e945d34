/** Twelve tries in 17 seconds: a table that refuses every fifth write refuses all of them once in 200 million. */
const tries = 12;
const mostWaitMs = 2_000;

/**
 * Does a write again until it succeeds: what it says is stored nowhere else. Doing it twice must do no harm.
 * @throws what the last try threw
 */
export async function lastingly<Result>(
  write: () => Promise<Result>,
  { wait, isAlive }: { readonly wait: (ms: number) => Promise<void>; readonly isAlive: () => boolean },
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (attempt === tries || !isAlive()) throw error;
      await wait(Math.min(mostWaitMs, 50 * 2 ** attempt));
    }
  }
}
