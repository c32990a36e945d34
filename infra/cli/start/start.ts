import { once } from 'node:events';
import { playDemo } from '../../local/demo/play-demo.ts';
import { startLocalSystem } from '../../local/local-system.ts';
import { assertPortFree } from '../../local/servers/assert-port-free.ts';
import { signingSecretsFrom } from '../../local/signing-secrets-from.ts';
import { freshBuild } from '../../local/stack/fresh-build.ts';
import { StartError } from '../../local/start-error.ts';
import { terminal } from '../../local/terminal.ts';
import { UsageError } from '../usage-error.ts';
import { watchOutput } from '../watch-output.ts';
import { startFlags, usage } from './start-flags.ts';
import { startWords } from './start-words.ts';

watchOutput();
start(process.argv.slice(2)).then(
  // Once the output is written: `watchOutput` hears by then that it could not be.
  (exitCode) => process.stdout.write('', () => setImmediate(() => process.exit(exitCode))),
  (error: unknown) => {
    const isExpected = error instanceof StartError || error instanceof UsageError;
    console.error(isExpected ? error.message : error);
    if (error instanceof UsageError) console.error(`\n${usage}`);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);

/** Runs until the demo is over (`--once`) or someone presses Ctrl-C. @returns the exit code */
async function start(args: string[]): Promise<number> {
  const flags = startFlags(args);
  if (flags.help) {
    console.log(usage);
    return 0;
  }
  const out = flags.json ? process.stderr : process.stdout;
  const words = startWords(out);
  const screen = terminal(out, process.stderr);
  const signingSecrets = signingSecretsFrom(process.env.STRIPE_WEBHOOK_SECRET);
  await assertPortFree(flags.port, '--port');
  await assertPortFree(flags.mailPort, '--mail-port');

  const system = await startLocalSystem({
    assembly: await freshBuild(() => screen.say('Building the stack, about 10 seconds ...')),
    port: flags.port,
    mailPort: flags.mailPort,
    signingSecrets,
    onFinding: (finding) => screen.say(words.finding(finding, Date.now() / 1000)),
    onDenied: (advice) => screen.say(words.denied(advice)),
    log: (line) => {
      const isMetric = line.includes('{"_aws":'); // for CloudWatch, on the way it takes them: as a log line
      if (flags.verbose && !isMetric) screen.say(line);
    },
  });
  const interrupt = new AbortController();
  const interrupted = once(interrupt.signal, 'abort').then(() => undefined);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interrupt.abort());
  for (const line of words.welcome(system, signingSecrets)) screen.say(line);

  const startedAtMs = performance.now();
  const countsNow = async () => ({
    ...(await system.counts()),
    seconds: Math.round(performance.now() - startedAtMs) / 1000,
  });
  const afterDemo = async () => {
    await playDemo(system, signingSecrets, screen);
    const counts = await countsNow();
    for (const line of words.summary(counts)) screen.say(line);
    return counts;
  };
  const played = flags.demo ? await Promise.race([afterDemo(), interrupted]) : undefined;
  if (!flags.once && !interrupt.signal.aborted) {
    screen.say('Ctrl-C stops it.');
    await interrupted;
  }
  const counts = played ?? (await countsNow());
  await system.stop();
  if (flags.json) console.log(JSON.stringify(counts));
  const isWhole = counts.deadLetters === 0 && counts.emails >= counts.findings && !interrupt.signal.aborted;
  return flags.once && !isWhole ? 1 : 0;
}
