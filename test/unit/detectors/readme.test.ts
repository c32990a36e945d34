import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { detectorFile } from '../../../infra/cli/docs/detector-file.ts';
import { detectorIds } from '../../../lib/detectors/registry.ts';

const [readme = '', architecture = ''] = ['README.md', 'docs/architecture.md'].map((page) =>
  readFileSync(join(__dirname, '../../..', page), 'utf8'),
);
const detectors = join(__dirname, '../../../lib/detectors');
const roomOf = (id: string) => relative(detectors, detectorFile(id)).split('/')[0];

it('lists every detector by its subject, which is its room, and no other', () => {
  const table = readme.slice(readme.indexOf('| it looks at |'), readme.indexOf('How each step fails'));
  const rows = table.split('\n').map((row) => [...row.matchAll(/`([a-z-]+)`/g)].map(([, id]) => id ?? ''));
  expect(rows.flat().sort()).toEqual(detectorIds.toSorted());
  for (const row of rows) expect(new Set(row.map(roomOf)).size).toBeLessThan(2);
});

it('names every package that is needed at run time, and no other', () => {
  const { dependencies } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8'));
  const table = architecture.slice(architecture.indexOf('## Dependencies at run time'));
  const named = [...table.matchAll(/`([@/\w-]+)`/g)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(dependencies).sort());
});
