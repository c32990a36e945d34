import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectors } from '../../../lib/detectors/index.ts';

const readme = readFileSync(join(__dirname, '../../../README.md'), 'utf8');

it('has the table of detectors as it is in the code', () => {
  const rows = detectors.map(
    ({ id, question, certainty }) => `| [\`${id}\`](lib/detectors/${id}.ts) | ${question} | ${certainty} |`,
  );
  expect(readme).toContain(['| detector | question | certainty |', '|---|---|---|', ...rows, ''].join('\n'));
});

it('names every package that is needed at run time, and no other', () => {
  const { dependencies } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8'));
  const table = readme.slice(readme.indexOf('## Dependencies at run time'));
  const named = [...table.matchAll(/`([@/\w-]+)`/g)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(dependencies).sort());
});
