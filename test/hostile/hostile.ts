import { parseArgs } from 'node:util';
import { type HostileReport, hostileRun, isBad, mostGrowthBytes } from './hostile-run.ts';

const usage = `npm run hostile -- [--requests N] [--seed N]

Sends hostile requests to the Lambdas in memory: forged signatures, replays, bodies that are no event, rightly signed
rubbish, forged links and forms. Nothing of a caller without the secret may be accepted, nothing may be
answered 5xx, log a secret or a body, break what comes behind, or let memory grow. The same seed sends the same.`;

hostile(process.argv.slice(2)).then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.error(`\n${usage}`);
    process.exit(2);
  },
);

async function hostile(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      requests: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const startedMs = performance.now();
  const report = await hostileRun(Number(values.seed), Number(values.requests));
  for (const line of [...answerLines(report), '', ...wrongLines(report), ...sumLines(report)])
    console.log(line);
  console.log(`seed ${values.seed}, ${Math.round((performance.now() - startedMs) / 1000)} s`);
  return isBad(report) ? 1 : 0;
}

/** Kinds of a door and the half of it that says what is wrong, by the status they were answered. */
function answerLines({ answers }: HostileReport): readonly string[] {
  const sums = new Map<string, number>();
  for (const [name, count] of answers) {
    const short = name.replace(/^(forged: [^,]*),.*->/, '$1 ->');
    sums.set(short, (sums.get(short) ?? 0) + count);
  }
  return [...sums].sort().map(([name, count]) => `${String(count).padStart(8)}  ${name}`);
}

/** Twenty are enough; the same seed shows them again. */
function wrongLines({ wrong }: HostileReport): readonly string[] {
  return wrong.slice(0, 20).map((what) => `WRONG: ${what.slice(0, 1_500)}`);
}

function sumLines(report: HostileReport): readonly string[] {
  const { requests, accepted, failed, wrong, heapBytes } = report;
  const inMB = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return [
    `${requests} hostile requests: ${accepted} accepted, ${failed} answered 5xx, ${wrong.length} wrongs in all`,
    `behind the door: ${report.queued} events judged, ${report.setAside} set aside, ${report.findings} findings, ${report.mails} emails`,
    `logged: ${inMB(report.loggedCharacters)}, no secret, body or failure in it: ${wrong.every((what) => !/^(logged|failed)/.test(what))}`,
    `heap: ${inMB(heapBytes.warm)} when warm, ${inMB(heapBytes.end)} in the end; ${inMB(mostGrowthBytes)} more would be a leak`,
  ];
}
