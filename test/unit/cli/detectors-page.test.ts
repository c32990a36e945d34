import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectorsPage } from '../../../infra/cli/docs/detectors-page.ts';
import { readKnobs } from '../../../infra/cli/docs/read-knobs.ts';
import { registry } from '../../../lib/detectors/registry.ts';

const written = readFileSync(join(__dirname, '../../../docs/detectors.md'), 'utf8');

it('is what `npm run docs` would write now', async () => {
  expect(await detectorsPage(registry)).toBe(written);
});

it('has a section for every detector, with its cases and an alert', () => {
  for (const { id, question } of registry) {
    const section = written.split(`\n## ${id}\n`)[1]?.split('\n## ')[0];
    expect(section).toContain(`**${question}**\n\n> `);
    expect(section).toMatch(/\*\*Fires at\*\*\n\n- .+\n\n\*\*Stays quiet at\*\*\n\n- .+\n- /s);
  }
});

it('links only to headings and files that are there', () => {
  for (const [, anchor] of written.matchAll(/\]\(#([^)]+)\)/g)) expect(written).toMatch(`# ${anchor}\n`);
  for (const [, path = ''] of written.matchAll(/\]\((\.\.\/[^)]+)\)/g)) {
    expect(readFileSync(join(__dirname, '../../../docs', path), 'utf8')).not.toBe('');
  }
});

it('reads knobs with the comment behind or above them, and nothing else', () => {
  const source = `
const warmUp = 5; //   observations; too few
const knobs = {
  sigmas: 4.5, // robust standard deviations
};
/**
 * How long
 * a burst continues.
 */
export const quietSec = 7 * 86_400;
const shownPoints = 24;
const word = 'xxx'; // no number
function other() {
  const local = 3; // not on top
}`;
  expect(readKnobs(source)).toEqual([
    { name: 'warmUp', value: '5', meaning: 'observations; too few' },
    { name: 'sigmas', value: '4.5', meaning: 'robust standard deviations' },
    { name: 'quietSec', value: '7 × 86,400', meaning: 'How long a burst continues.' },
  ]);
});
