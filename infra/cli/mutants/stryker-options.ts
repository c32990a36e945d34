import { existsSync, statSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { UsageError } from '../usage-error.ts';

export const usage = `npm run mutants -- PLACE...     how many planted faults the unit tests of a place notice

  PLACE     a file or a folder under lib, such as lib/stats or lib/domain/money/money.ts

StrykerJS changes the code of each place, one fault at a time, and runs the unit tests of its room against it: for
lib/domain/money these are test/unit/domain. It prints the faults that no test noticed ("Survived", "NoCoverage") and a
table of scores. A fault in what runs once, as a module is loaded, is left out. Reckon with seconds a fault.

Exit code: 0; 1 when a place is unknown, or a test fails without a fault.`;

const root = join(__dirname, '../../..');
const inLib = /^lib\/(?<room>[\w-]+)/;
/** Tests that take most of a minute, and what is left of them would notice little that the others don't. */
const slow = [
  'account/account-(detectors|boundaries)',
  'health/quiet-days',
  'invoice/invoice-arithmetic',
  'regular-accounts',
];

/**
 * What Stryker is asked for, beside its configuration: which files to change, and which tests to run.
 * @throws UsageError for a place that is not under lib
 */
export function strykerOptions(places: readonly string[]) {
  const paths = places.map(pathOf);
  const roots = ['<rootDir>/lib', ...new Set(paths.map((path) => `<rootDir>/${testsOf(path)}`))];
  return { mutate: paths.map(filesOf), jest: { config: { roots, testPathIgnorePatterns: slow } } };
}

function filesOf(path: string): string {
  return statSync(join(root, path)).isDirectory() ? `${path}/**/*.ts` : path;
}

function testsOf(path: string): string {
  const folder = `test/unit/${inLib.exec(path)?.groups?.room}`;
  if (existsSync(join(root, folder))) return folder;
  throw new UsageError(`${path} has no unit tests of its own: there is no ${folder}.`);
}

function pathOf(place: string): string {
  const path = normalize(place).replace(/\/$/, '');
  if (inLib.test(path) && existsSync(join(root, path))) return path;
  throw new UsageError(`${place} is not a file or folder under lib.`);
}
