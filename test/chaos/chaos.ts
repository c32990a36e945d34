import { parseArgs } from 'node:util';
import { chaosEvents } from './chaos-events.ts';
import { type ChaosReport, chaosRun } from './chaos-run.ts';
import { roughDay } from './rough-day.ts';

const usage = `npm run chaos -- [--seed N] [--runs N] [--refused N] [--lost N] [--killed N]

Runs the Lambdas in memory on some 2,130 webhooks that come late, twice and out of order, while AWS refuses calls,
loses answers, clocks disagree, poison is on the queue and Lambdas die at any await; then compares the records and the
emails with a quiet run. Each run has a seed; --seed N repeats one. The others are percent of the calls that are refused,
whose answer is lost, and that are the last of their Lambda: ${roughDay.refused}, ${roughDay.lost} and ${roughDay.killed} unless you say.

An email that comes twice fails the run, unless its Lambda died or SES's answer was lost between SES and the record, or
the table refused the record until the Lambda's time was over: those are counted apart.`;

chaos(process.argv.slice(2)).then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.error(`\n${usage}`);
    process.exit(2);
  },
);

async function chaos(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: '1' },
      runs: { type: 'string', default: '1' },
      refused: { type: 'string', default: String(roughDay.refused) },
      lost: { type: 'string', default: String(roughDay.lost) },
      killed: { type: 'string', default: String(roughDay.killed) },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const first = Number(values.seed);
  const faults = {
    refused: Number(values.refused),
    lost: Number(values.lost),
    killed: Number(values.killed),
  };
  const reports: ChaosReport[] = [];
  for (let seed = first; seed < first + Number(values.runs); seed += 1) {
    const report = await chaosRun({ seed, events: chaosEvents(seed, { mistakesPercent: 2 }), faults });
    console.log(line(report));
    reports.push(report);
  }
  const sum = (of: (report: ChaosReport) => number) =>
    reports.reduce((total, report) => total + of(report), 0);
  const bad = reports.filter((report) => wrongIn(report).length > 0).length;
  console.log(
    `\n${values.runs} runs, ${sum(({ webhooks }) => webhooks)} deliveries, ${sum(({ findings }) => findings)} findings, ` +
      `${sum(mailsIn)} emails, ${sum(({ redriven }) => redriven)} handed back from the dead letters; mailed twice: ` +
      `${countWords(reports.flatMap(({ doubledByCrash }) => doubledByCrash))} by a crash after SES, ` +
      `${countWords(reports.flatMap(({ doubledByRefusal }) => doubledByRefusal))} by a refused record; ` +
      `${bad} runs went wrong.`,
  );
  return bad === 0 ? 0 : 1;
}

function line(report: ChaosReport): string {
  const { seed, webhooks, findings, suffered, mails, doubledByCrash, doubledByRefusal } = report;
  const faults = [...suffered.values()].reduce((total, count) => total + count, 0);
  const kinds = [...mails].map(([kind, count]) => `${count} ${kind}`).join(', ');
  const explained = [...doubledByCrash, ...doubledByRefusal].length;
  const verdict = wrongIn(report).join('; ') || 'all as in a quiet run';
  return (
    `seed ${seed}: ${webhooks} deliveries, ${faults} faults, ${findings} findings, ` +
    `${mailsIn(report)} emails (${kinds}), ${verdict}` +
    (explained === 0 ? '' : ` but for ${explained} mailed twice as documented`)
  );
}

/** @example countWords(['alert 1', 'alert 2', 'weekly 7']) // '3 (2 alert, 1 weekly)' */
function countWords(messages: readonly string[]): string {
  const kinds = [...Map.groupBy(messages, (message) => message.split(' ')[0])];
  const words = kinds.map(([kind, some]) => `${some.length} ${kind}`).join(', ');
  return words === '' ? '0' : `${messages.length} (${words})`;
}

function mailsIn({ mails }: ChaosReport): number {
  return [...mails.values()].reduce((total, count) => total + count, 0);
}

/** What a promise was broken about. */
function wrongIn({ wrongRecords, lost, doubled, unannounced, poisonLeft }: ChaosReport): readonly string[] {
  const checks: readonly [string, readonly string[]][] = [
    ['records differ', wrongRecords],
    ['lost', lost],
    ['doubled', doubled],
    ['sent without an intent', unannounced],
    ['poison is gone', poisonLeft],
  ];
  return checks.flatMap(([what, some]) => (some.length === 0 ? [] : [`${what}: ${some.join(', ')}`]));
}
