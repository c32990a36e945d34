import { strykerOptions } from '../../../infra/cli/mutants/stryker-options.ts';
import { UsageError } from '../../../infra/cli/usage-error.ts';

it('changes the files of each place, and runs the unit tests of its room', () => {
  expect(strykerOptions(['lib/stats/', './lib/domain/money/money.ts', 'lib/domain/record'])).toMatchObject({
    mutate: ['lib/stats/**/*.ts', 'lib/domain/money/money.ts', 'lib/domain/record/**/*.ts'],
    jest: { config: { roots: ['<rootDir>/lib', '<rootDir>/test/unit/stats', '<rootDir>/test/unit/domain'] } },
  });
});

it.each(['lib/nowhere', 'test/unit', 'lib/../infra'])('refuses %s in one sentence', (place) => {
  expect(() => strykerOptions([place])).toThrow(
    new UsageError(`${place} is not a file or folder under lib.`),
  );
});

it('refuses a place whose room has no unit tests', () => {
  expect(() => strykerOptions(['lib/ingest'])).toThrow(
    'lib/ingest has no unit tests of its own: there is no test/unit/ingest.',
  );
});
