import { parseArgs } from 'node:util';
import { accountDetectors } from '../../lib/detectors/account-detectors.ts';
import { detectors } from '../../lib/detectors/index.ts';
import { missedRenewal } from '../../lib/detectors/missed-renewal.ts';
import type { Finding } from '../../lib/domain/finding.ts';
import { progressLine } from './progress-line.ts';
import { readLines } from './read-lines.ts';
import { replayEvents } from './replay-events.ts';

const usage = `Usage: npm run --silent replay -- FILE [--json]
  FILE    Stripe events, one JSON a line, plain or gzip, in order of arrival; - for standard input
  --json  one line of JSON a finding instead of the table`;

void replay().then((exitCode) => {
  process.exitCode = exitCode;
});

async function replay(): Promise<number> {
  const options = readOptions();
  if (options === undefined) {
    console.error(usage);
    return 2;
  }
  process.stdout.on('error', () => process.exit()); // nobody reads on, as in `replay FILE | head`
  const counts = { events: 0, judged: 0, repeats: 0, late: 0, findings: 0, badLines: 0 };
  const progress = progressLine(() => `${count(counts.events)} events, ${count(counts.findings)} findings`);
  try {
    const judges = { detectors, accountDetectors, renewalDetector: missedRenewal };
    const onBadLine = (lineNumber: number, reason: string): void =>
      progress.say(`line ${lineNumber}: ${reason}`);
    for await (const finding of replayEvents(readLines(options.file), judges, counts, onBadLine)) {
      progress.clear();
      console.log(options.json ? JSON.stringify(toReplayLine(finding)) : toRow(finding));
    }
  } catch (error) {
    progress.say(`${options.file} can't be read: ${error instanceof Error ? error.message : error}`);
    return 1;
  } finally {
    progress.stop();
  }
  progress.say(
    `${count(counts.events)} events: ${count(counts.judged)} judged, ${count(counts.repeats)} repeats, ` +
      `${count(counts.late)} late, ${count(counts.badLines)} bad lines; ${count(counts.findings)} findings`,
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
  return {
    id: finding.id,
    detector: finding.detector,
    certainty: finding.certainty,
    severity: finding.severity,
    eventId: finding.eventId,
    customer: finding.customer,
    object: finding.object,
    at: finding.atSec,
    currency: finding.money.currency,
    actual: finding.actual,
    expected: finding.expected,
    summary: finding.summary,
  };
}

function toRow({ atSec, severity, detector, summary }: Finding): string {
  const time = new Date(atSec * 1000).toISOString().slice(0, 16).replace('T', ' ');
  return `${time}  ${severity.padEnd(8)}  ${detector.padEnd(18)}  ${summary}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
