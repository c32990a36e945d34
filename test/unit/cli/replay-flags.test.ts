import { replayFlags } from '../../../infra/cli/replay/replay-flags.ts';
import { UsageError } from '../../../infra/cli/usage-error.ts';

it('takes the two files of --compare wherever it stands among the files of events', () => {
  const flags = { files: ['a.gz', 'b.gz'], compare: ['old.json', 'new.json'], json: false };
  expect(replayFlags(['--compare', 'old.json', 'new.json', 'a.gz', 'b.gz'])).toMatchObject(flags);
  expect(replayFlags(['a.gz', '--compare', 'old.json', 'new.json', 'b.gz'])).toMatchObject(flags);
});

it.each([
  [[], 'No file of events'],
  [['--compare', 'old.json', 'new.json'], 'No file of events'],
  [['--compare', 'old.json'], 'takes two files'],
  [['--compare', 'old.json', '--json', 'a.gz'], 'takes two files'],
  [['--compare', 'a', 'b', '--config', 'c', 'd'], 'leave --config out'],
  [['a.gz', '--config'], "'--config <value>' argument missing"],
  [['-', '-'], 'once only'],
])('refuses %j', (args, sentence) => {
  expect(() => replayFlags(args)).toThrow(UsageError);
  expect(() => replayFlags(args)).toThrow(sentence);
});
