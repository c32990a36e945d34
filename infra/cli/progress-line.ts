const everyMs = 200;

/**
 * One line on stderr that says how far we are, when stderr is a terminal; stdout is never touched, so that it can go
 * to a file. `say` prints a whole line above it; `clear` makes way for a line on stdout.
 */
export function progressLine(text: () => string) {
  const { stderr } = process;
  const clear = (): void => {
    if (stderr.isTTY) stderr.write('\r\x1b[K');
  };
  const timer = setInterval(() => {
    clear();
    if (stderr.isTTY) stderr.write(text());
  }, everyMs);
  return {
    clear,
    say(line: string): void {
      clear();
      stderr.write(`${line}\n`);
    },
    stop(): void {
      clearInterval(timer);
      clear();
    },
  };
}
