import { backfillFlags } from '../../../infra/cli/backfill/backfill-flags.ts';

it('reads since when, and where to write', () => {
  expect(backfillFlags(['--since', '2025-11-01', '--table', 'T'])).toEqual({
    sinceSec: 1_761_955_200,
    table: 'T',
    account: 'self',
  });
  expect(backfillFlags(['--since=2025-11-01', '--dry-run', '--account', 'acct_1'])).toEqual({
    sinceSec: 1_761_955_200,
    table: undefined,
    account: 'acct_1',
  });
});

it.each([
  ['no day', ['--table', 'T']],
  ['an invalid day', ['--since', '2025-13-01', '--table', 'T']],
  ['a time', ['--since', '2025-11-01T08:00', '--table', 'T']],
  ['neither a table nor a dry run', ['--since', '2025-11-01']],
  ['both', ['--since', '2025-11-01', '--table', 'T', '--dry-run']],
  ['an invalid account', ['--since', '2025-11-01', '--dry-run', '--account', 'cus_1']],
  ['a word too many', ['--since', '2025-11-01', '--dry-run', 'now']],
])('refuses %s', (_name, args) => {
  expect(backfillFlags(args)).toBeUndefined();
});
