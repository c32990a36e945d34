import { parseArgs } from 'node:util';
import { startLocalSystem } from '../../infra/local/local-system.ts';
import { readMailbox } from '../../infra/local/mailbox.ts';
import { signingSecretsFrom } from '../../infra/local/signing-secrets-from.ts';
import { freshBuild } from '../../infra/local/stack/fresh-build.ts';
import { delayPlan } from './delay-plan.ts';
import { type DelayReport, mostDelaySec, percentile, wrongIn } from './delay-report.ts';
import { delayRun } from './delay-run.ts';

const usage = `npm run delay -- [--rate N] [--seconds N]

Measures on the local system how long finance waits for an email: from an event's created to the email at the local
SES. Sends N signed events a second (10) for N seconds (60); every tenth bill is a draft whose total is wrong. Prints
the percentiles, and exits 1 when an email is missing or the 95th percentile is above ${mostDelaySec} s.`;

delay(process.argv.slice(2)).then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.error(`\n${usage}`);
    process.exit(2);
  },
);

async function delay(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      rate: { type: 'string', default: '10' },
      seconds: { type: 'string', default: '60' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [rate, seconds] = [positive('--rate', values.rate), positive('--seconds', values.seconds)];
  const signingSecret = signingSecretsFrom(undefined);
  const system = await startLocalSystem({
    assembly: await freshBuild(() => console.log('Building the stack, about 10 seconds ...')),
    port: 0,
    mailPort: 0,
    signingSecrets: signingSecret,
    onFinding: () => undefined,
    onDenied: console.log,
    log: () => undefined,
  });
  const world = {
    target: { url: system.webhookUrl, signingSecret },
    subjectsSince: async (sec: number) =>
      (await readMailbox(system.mailUrl, sec)).map(({ subject }) => subject),
  };
  const report = await delayRun(delayPlan(Date.now() + 1_000, rate, seconds), world);
  await system.stop();
  console.log(line(report, rate));
  const wrong = wrongIn(report);
  for (const sentence of wrong) console.log(`WRONG: ${sentence}`);
  return wrong.length === 0 ? 0 : 1;
}

function positive(flag: string, text: string): number {
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new Error(`${flag} takes a number above 0, not "${text}".`);
}

function line({ events, delaysSec, missing }: DelayReport, rate: number): string {
  const [p50, p95, most] = [0.5, 0.95, 1].map((share) => percentile(delaysSec, share).toFixed(1));
  return (
    `${events} events at ${rate} a second, ${delaysSec.length + missing.length} wrong bills, ${delaysSec.length} emails; ` +
    `from created to the email: p50 ${p50} s, p95 ${p95} s, max ${most} s`
  );
}
