import { parseArgs } from 'node:util';
import { chaosEvents } from './chaos-events.ts';
import { type ChaosReport, chaosRun } from './chaos-run.ts';
import { roughDay } from './rough-day.ts';

const usage = `npm run chaos -- [--seed N] [--runs N]

Runs the Lambdas in memory on some 2,130 webhooks that come late, twice and out of order, while AWS refuses calls,
loses answers, clocks disagree, poison is on the queue and Lambdas die at any await; then compares the records and the
emails with a quiet run. Each run has a seed; --seed N repeats one.`;

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
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const first = Number(values.seed);
  const sums = { webhooks: 0, findings: 0, mails: 0, redriven: 0, byCrash: 0, bad: 0 };
  for (let seed = first; seed < first + Number(values.runs); seed += 1) {
    const report = await chaosRun({
      seed,
      events: chaosEvents(seed, { mistakesPercent: 2 }),
      faults: roughDay,
    });
    const { wrongRecords, lost, doubled, poisonLeft } = report;
    const isBad = [wrongRecords, lost, doubled, poisonLeft].some((some) => some.length > 0);
    console.log(line(report));
    sums.webhooks += report.webhooks;
    sums.findings += report.findings;
    sums.mails += report.mails;
    sums.redriven += report.redriven;
    sums.byCrash += report.doubledByCrash.length;
    sums.bad += isBad ? 1 : 0;
  }
  console.log(
    `\n${values.runs} runs, ${sums.webhooks} deliveries, ${sums.findings} findings, ${sums.mails} emails, ` +
      `${sums.redriven} handed back from the dead letters, ${sums.byCrash} mailed twice by a crash after SES; ` +
      `${sums.bad} runs went wrong.`,
  );
  return sums.bad === 0 ? 0 : 1;
}

function line({ seed, webhooks, findings, mails, ...report }: ChaosReport): string {
  const faults = [...report.suffered.values()].reduce((sum, count) => sum + count, 0);
  const wrong = [
    ['records differ', report.wrongRecords],
    ['lost', report.lost],
    ['doubled', report.doubled],
    ['poison is gone', report.poisonLeft],
  ].flatMap(([what, some]) => (some?.length === 0 ? [] : [`${what}: ${some}`]));
  return `seed ${seed}: ${webhooks} deliveries, ${faults} faults, ${findings} findings, ${mails} emails, ${wrong.join('; ') || 'all as in a quiet run'}`;
}
