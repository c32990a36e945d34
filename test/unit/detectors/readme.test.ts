import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endpointDisabled } from '../../../lib/detectors/endpoint-disabled.ts';
import { missedRenewal } from '../../../lib/detectors/missed-renewal.ts';
import { accountDetectors, eventDetectors } from '../../../lib/detectors/registry.ts';

const readme = readFileSync(join(__dirname, '../../../README.md'), 'utf8');

it.each([
  ['detector', eventDetectors],
  ['account detector', accountDetectors],
  ['renewal detector', [missedRenewal]],
  ['endpoint detector', [endpointDisabled]],
] as const)('has the table of each %s as it is in the code', (heading, table) => {
  const rows = table.map(
    ({ id, question, certainty }) => `| [\`${id}\`](lib/detectors/${id}.ts) | ${question} | ${certainty} |`,
  );
  expect(readme).toContain(
    [`| ${heading} | question | certainty |`, '|---|---|---|', ...rows, ''].join('\n'),
  );
});

it('names every package that is needed at run time, and no other', () => {
  const { dependencies } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8'));
  const table = readme.slice(readme.indexOf('## Dependencies at run time'));
  const named = [...table.matchAll(/`([@/\w-]+)`/g)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(dependencies).sort());
});
