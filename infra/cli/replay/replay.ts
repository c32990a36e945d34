import { defaultSettings } from '../../../lib/detectors/settings.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { judgesOf } from '../judges-of.ts';
import { progressLine } from '../progress-line.ts';
import { readSettings } from '../read-settings.ts';
import { UsageError } from '../usage-error.ts';
import { watchOutput } from '../watch-output.ts';
import { badLines } from './bad-lines.ts';
import { compareFindings } from './compare-findings.ts';
import { comparisonJson, comparisonWords } from './comparison-lines.ts';
import { explanationOf } from './explanation.ts';
import { explanationLines } from './explanation-lines.ts';
import { FileError } from './file-error.ts';
import { findingJson, findingRow } from './finding-lines.ts';
import { readLines } from './read-lines.ts';
import { type Judges, type Look, lookBy, replayEvents } from './replay-events.ts';
import { type ReplayFlags, replayFlags, usage } from './replay-flags.ts';

watchOutput();
replay(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    const isExpected = error instanceof FileError || error instanceof UsageError;
    console.error(isExpected ? error.message : error);
    if (error instanceof UsageError) console.error(`\n${usage}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);

/** @returns the exit code */
async function replay(args: readonly string[]): Promise<number> {
  const flags = replayFlags(args);
  if (flags.help) {
    console.log(usage);
    return 0;
  }
  if (flags.explain !== undefined) return explain(flags, flags.explain);
  return flags.compare === undefined ? show(flags) : compare(flags, flags.compare);
}

/** Prints what is found, as it is found. */
async function show({ files, json, config, without }: ReplayFlags): Promise<number> {
  const look = lookBy({ ...judgesBy(config), without });
  return judgeAll(files, [look], (_, finding) => {
    console.log(json ? JSON.stringify(findingJson(finding)) : findingRow(finding));
  });
}

/** Prints how the findings of one event came about, or why there are none. */
async function explain({ files, config, without }: ReplayFlags, id: string): Promise<number> {
  const explanation = explanationOf(id);
  const judges = { ...judgesBy(config), without, explanation };
  const exitCode = await judgeAll(files, [lookBy(judges)], () => {});
  const explained = explanation.explained();
  if (explained === undefined) {
    console.error(`${id} is not among these events, or says nothing about a bill.`);
    return 1;
  }
  console.log(explanationLines(explained, judges.detectors, process.stdout).join('\n'));
  return exitCode;
}

function judgesBy(config: string | undefined): Judges {
  return judgesOf(config === undefined ? defaultSettings : readSettings(config));
}

/** Prints what two settings find differently, after one reading of the events. */
async function compare(
  { files, json, without }: ReplayFlags,
  [before, after]: readonly [string, string],
): Promise<number> {
  const settings = [readSettings(before), readSettings(after)] as const;
  const looks = [lookBy(judgesOf(settings[0])), lookBy({ ...judgesOf(settings[1]), without })] as const;
  const found = new Map<Look, Finding[]>(looks.map((look) => [look, []]));
  const exitCode = await judgeAll(files, looks, (look, finding) => found.get(look)?.push(finding));
  const comparison = compareFindings(found.get(looks[0]) ?? [], found.get(looks[1]) ?? []);
  const lines = json
    ? comparisonJson(comparison)
    : comparisonWords(comparison, settings, without, process.stdout);
  console.log(lines.join('\n'));
  return exitCode;
}

/** @returns the exit code */
async function judgeAll(
  files: readonly string[],
  looks: readonly [Look, ...Look[]],
  onFinding: (look: Look, finding: Finding) => void,
): Promise<number> {
  const [{ counts }] = looks;
  const findings = () => looks.map((look) => count(look.counts.findings)).join(' and ');
  const badWords = () => (counts.badLines === 0 ? '' : `, ${count(counts.badLines)} bad lines`);
  const progress = progressLine(() => `${count(counts.events)} events, ${findings()} findings${badWords()}`);
  const bad = badLines(files.length > 1);
  const sayWhatWasRead = (): void => {
    for (const sentence of bad.sentences()) progress.say(sentence);
    progress.say(
      `${count(counts.events)} events: ${count(counts.judged)} judged, ${count(counts.repeats)} repeats, ` +
        `${count(counts.late)} late, ${count(counts.badLines)} bad lines; ${findings()} findings`,
    );
  };
  try {
    for await (const { look, finding } of replayEvents(readLines(files), looks, bad.add)) {
      progress.clear();
      onFinding(look, finding);
    }
  } catch (error) {
    if (counts.events > 0) sayWhatWasRead();
    throw error;
  } finally {
    progress.stop();
  }
  sayWhatWasRead();
  return counts.badLines > 0 ? 1 : 0;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
