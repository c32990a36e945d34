export interface Heard {
  /** Characters that were written to stdout and stderr. */
  characters: number;
  /** Lines that hold what no log may, or that report a failure. */
  readonly wrong: string[];
}

/**
 * Hears all that the functions log, in the place of whoever reads stdout and stderr, until `stop`.
 * @param secrets what may stand nowhere in it
 */
export function listen(secrets: readonly string[]): Heard & { stop(): void } {
  const streams = [process.stdout, process.stderr];
  const writes = streams.map(({ write }) => write);
  const heard: Heard = { characters: 0, wrong: [] };
  const hear = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const text = String(chunk);
    heard.characters += text.length;
    const secret = secrets.find((one) => text.includes(one));
    if (secret !== undefined) heard.wrong.push(`logged: ${secret} in ${text.slice(0, 300)}`);
    if (/"level":"(ERROR|WARN|CRITICAL)"/.test(text)) heard.wrong.push(`failed: ${text.slice(0, 1_000)}`);
    for (const done of rest) if (typeof done === 'function') done();
    return true;
  };
  for (const stream of streams) stream.write = hear;
  const stop = (): void => {
    for (const [index, stream] of streams.entries()) stream.write = writes[index] ?? stream.write;
  };
  return Object.assign(heard, { stop });
}
