import { parseArgs } from 'node:util';
import { ruleNames } from '../../../lib/detectors/registry.ts';
import { didYouMean } from '../../../lib/domain/did-you-mean.ts';
import { UsageError, usageErrorFrom } from '../usage-error.ts';

export const usage = `npm run --silent replay -- [flags] FILE...     what would have been found in past events

  FILE                  Stripe events, plain or gzip: one JSON a line, in order of arrival; the pages that
                        \`stripe events list\` prints, newest first; a JSON array; each bare or in EventBridge's
                        envelope. - is standard input. Several files are read one after the other.
  --config FILE         judge by these settings: JSON such as { "leastAtStakeDollars": 20 }, or your cdk.json
  --compare OLD NEW     which alerts the settings NEW would win and lose against OLD, and the money at stake
  --without RULE        leave a rule of a detector out, to see what it is worth; several times for several rules. With
                        --compare, NEW is judged without it
  --explain EVENT       for the one event of this id (evt_...): the rules of amount-spike with their numbers, what
                        was found or why not, and which detectors looked
  --json                one line of JSON a finding; else times are UTC
  --help                this text

Exit code: 0; 1 when a file or a line can't be read, or the output can't be written; 2 when this text is needed.`;

export interface ReplayFlags {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly help: boolean;
  /** A file of settings to judge by. */
  readonly config: string | undefined;
  /** Two such files to judge by and compare. */
  readonly compare: readonly [old: string, new: string] | undefined;
  /** Names of rules that are left out. */
  readonly without: ReadonlySet<string>;
  /** The id of the event to explain. */
  readonly explain: string | undefined;
}

/**
 * @example replayFlags(['--compare', 'a.json', 'b.json', 'events.jsonl']).compare // ['a.json', 'b.json']
 * @throws UsageError
 */
export function replayFlags(args: readonly string[]): ReplayFlags {
  const { compare, rest } = takeCompare(args);
  const { values, positionals: files } = parse(rest);
  const { json = false, help = false, config, explain } = values;
  const flags = { files, json, help, config, compare, without: new Set(values.without), explain };
  if (help) return flags;
  if (compare !== undefined && config !== undefined)
    throw new UsageError('--compare names both settings itself: leave --config out.');
  for (const name of flags.without) checkRule(name);
  if (explain !== undefined) checkExplain(explain, json || compare !== undefined);
  if (files.length === 0) throw new UsageError('No file of events was named.');
  if (files.filter((file) => file === '-').length > 1)
    throw new UsageError('Standard input (-) can be read once only.');
  return flags;
}

function checkRule(name: string): void {
  if (ruleNames.includes(name)) return;
  throw new UsageError(`${name} is not a rule of any detector.${didYouMean(name, ruleNames)}`);
}

function checkExplain(id: string, hasOtherOutput: boolean): void {
  if (!id.startsWith('evt_'))
    throw new UsageError(`--explain takes the id of an event (evt_...), not ${id}.`);
  if (hasOtherOutput)
    throw new UsageError('--explain prints one event for people: leave --json and --compare out.');
}

/** `parseArgs` knows no flag that takes two words. */
function takeCompare(args: readonly string[]): { compare: ReplayFlags['compare']; rest: string[] } {
  const index = args.indexOf('--compare');
  if (index === -1) return { compare: undefined, rest: [...args] };
  const [before = '', after = ''] = args.slice(index + 1, index + 3);
  if (before === '' || after === '' || `${before} ${after}`.includes('--'))
    throw new UsageError('--compare takes two files of settings, the old and the new.');
  return { compare: [before, after], rest: args.toSpliced(index, 3) };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        config: { type: 'string' },
        without: { type: 'string', multiple: true },
        explain: { type: 'string' },
      },
    });
  } catch (error) {
    throw usageErrorFrom(error);
  }
}
