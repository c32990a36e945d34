import type { WriteStream } from 'node:tty';

const barWidth = 24;
const redrawEveryMs = 50;
const eraseLine = '\r\u001b[2K';

export interface Terminal {
  /** One line of output, above the progress bar if that is up. */
  say(line?: string): void;
  /** Draws or moves the progress bar; complete, it stays as a plain line. */
  progress(label: string, done: number, total: number): void;
}

/** Lines go to `out`; the bar to `err`, and where that is not a terminal only its last state. */
export function terminal(out: NodeJS.WritableStream, err: WriteStream): Terminal {
  let bar = '';
  let drawnAtMs = 0;
  const replaceBar = (next: string) => {
    err.write(`${bar === '' ? '' : eraseLine}${next}`);
    bar = next;
  };
  return {
    say(line = '') {
      const under = bar;
      if (under !== '') replaceBar('');
      out.write(`${line}\n`);
      if (under !== '') replaceBar(under);
    },
    progress(label, done, total) {
      const words = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} webhooks`;
      if (done === total) {
        if (bar !== '') replaceBar('');
        err.write(`  ${label}  ${words}\n`);
      } else if (err.isTTY && performance.now() - drawnAtMs >= redrawEveryMs) {
        drawnAtMs = performance.now();
        const full = Math.round((done / total) * barWidth);
        replaceBar(`  ${label}  ${'█'.repeat(full)}${'░'.repeat(barWidth - full)}  ${words}`);
      }
    },
  };
}
