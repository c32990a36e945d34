import { replayFlags } from '../../../infra/cli/replay/replay-flags.ts';
import { UsageError } from '../../../infra/cli/usage-error.ts';

it('takes the two files of --compare wherever it stands among the files of events', () => {
  const flags = { files: ['a.gz', 'b.gz'], compare: ['old.json', 'new.json'], json: false };
  expect(replayFlags(['--compare', 'old.json', 'new.json', 'a.gz', 'b.gz'])).toMatchObject(flags);
  expect(replayFlags(['a.gz', '--compare', 'old.json', 'new.json', 'b.gz'])).toMatchObject(flags);
});

it('takes the rules to leave out, one or several, and the event to explain', () => {
  const { without } = replayFlags(['--without', 'ongoing', 'a.gz', '--without', 'headroom']);
  expect([...without]).toEqual(['ongoing', 'headroom']);
  expect(replayFlags(['a.gz', '--explain', 'evt_1'])).toMatchObject({ explain: 'evt_1', without: new Set() });
});

it.each([
  [[], 'No file of events'],
  [['--compare', 'old.json', 'new.json'], 'No file of events'],
  [['--compare', 'old.json'], 'takes two files'],
  [['--compare', 'old.json', '--json', 'a.gz'], 'takes two files'],
  [['--compare', 'a', 'b', '--config', 'c', 'd'], 'leave --config out'],
  [['a.gz', '--config'], "'--config <value>' argument missing"],
  [['-', '-'], 'once only'],
  [['--without', 'ongoin', 'a.gz'], 'ongoin is not a rule of any detector. Did you mean ongoing?'],
  [['--without', 'ongoing', '--without', 'x', 'a.gz'], 'x is not a rule of any detector.'],
  [['--explain', 'in_1', 'a.gz'], 'takes the id of an event (evt_...), not in_1'],
  [['--explain', 'evt_1', '--json', 'a.gz'], 'leave --json and --compare out'],
  [['--explain', 'evt_1', '--compare', 'a', 'b', 'c.gz'], 'leave --json and --compare out'],
])('refuses %j', (args, sentence) => {
  expect(() => replayFlags(args)).toThrow(UsageError);
  expect(() => replayFlags(args)).toThrow(sentence);
});
