import { parseArgs } from 'node:util';
import { detectors } from '../../lib/detectors/index.ts';
import type { Finding } from '../../lib/domain/finding.ts';
import { readLines } from './read-lines.ts';
import { replayEvents } from './replay-events.ts';

const usage = `Usage: npm run --silent replay -- FILE [--json]
  FILE    Stripe events, one JSON a line, plain or gzip, in order of arrival; - for standard input
  --json  one line of JSON a finding instead of the table`;

const progressEveryMs = 200;

void replay().then((exitCode) => {
  process.exitCode = exitCode;
});

async function replay(): Promise<number> {
  const options = readOptions();
  if (options === undefined) {
    console.error(usage);
    return 2;
  }
  const counts = { events: 0, judged: 0, repeats: 0, late: 0, findings: 0, badLines: 0 };
  const clearLine = process.stderr.isTTY ? '\r\x1b[K' : '';
  const progress = setInterval(() => {
    if (process.stderr.isTTY)
      process.stderr.write(`${clearLine}${count(counts.events)} events, ${count(counts.findings)} findings`);
  }, progressEveryMs);
  try {
    const onBadLine = (lineNumber: number, reason: string): void => {
      process.stderr.write(`${clearLine}line ${lineNumber}: ${reason}\n`);
    };
    for await (const finding of replayEvents(readLines(options.file), detectors, counts, onBadLine)) {
      process.stdout.write(
        `${clearLine}${options.json ? JSON.stringify(toReplayLine(finding)) : toRow(finding)}\n`,
      );
    }
  } catch (error) {
    process.stderr.write(
      `${clearLine}${options.file} can't be read: ${error instanceof Error ? error.message : error}\n`,
    );
    return 1;
  } finally {
    clearInterval(progress);
  }
  process.stderr.write(
    `${clearLine}${count(counts.events)} events: ${count(counts.judged)} judged, ${count(counts.repeats)} repeats, ` +
      `${count(counts.late)} late, ${count(counts.badLines)} bad lines; ${count(counts.findings)} findings\n`,
  );
  return counts.badLines > 0 ? 1 : 0;
}

function readOptions(): { file: string; json: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { json: { type: 'boolean' } },
    });
    const [file, ...more] = positionals;
    return file === undefined || more.length > 0 ? undefined : { file, json: values.json === true };
  } catch {
    return undefined;
  }
}

/** The line that `--json` promises; see README.md. */
function toReplayLine(finding: Finding) {
  const {
    id,
    detector,
    certainty,
    severity,
    eventId,
    customer,
    object,
    atSec,
    money,
    actual,
    expected,
    summary,
  } = finding;
  return {
    id,
    detector,
    certainty,
    severity,
    eventId,
    customer,
    object,
    at: atSec,
    currency: money.currency,
    actual,
    expected,
    summary,
  };
}

function toRow({ atSec, severity, detector, summary }: Finding): string {
  const time = new Date(atSec * 1000).toISOString().slice(0, 16).replace('T', ' ');
  return `${time}  ${severity.padEnd(8)}  ${detector.padEnd(18)}  ${summary}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
