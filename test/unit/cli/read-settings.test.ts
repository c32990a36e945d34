import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../../infra/cli/read-settings.ts';
import { defaultSettings } from '../../../lib/detectors/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(text: string): string {
  const path = join(folder, 'settings.json');
  writeFileSync(path, text);
  return path;
}

it.each([
  '{ "off": ["amount-spike"] }',
  '{"context":{"billingwatch":{"detection":{"off":["amount-spike"]}}}}',
  '{"billingwatch":{"detection":{"off":["amount-spike"]}}}',
  '{"financeRecipients":["finance@example.com"],"detection":{"off":["amount-spike"]}}',
  '{"detection":{"off":["amount-spike"]}}',
])('reads settings on their own, or those of a cdk.json and its parts: %s', (text) =>
  expect(readSettings(fileOf(text))).toEqual({ ...defaultSettings, off: ['amount-spike'] }),
);

it.each([
  ['{"off":', 'JSON'],
  ['[]', 'Write an object'],
  ['{"of":[]}', 'Did you mean off?'],
  ['{"context":{"billingwatch":{}}}', 'detection is missing'],
  ['{"billingwatch":{}}', 'detection is missing'],
  ['{"detection":{"of":[]}}', 'Did you mean off?'],
  ['{"detection":{},"off":[]}', 'off is next to detection: move it inside'],
])('names the file and what is wrong with it: %s', (text, sentence) => {
  const file = fileOf(text);
  expect(() => readSettings(file)).toThrow(`${file} can't be read: `);
  expect(() => readSettings(file)).toThrow(sentence);
});

it('says that there is no such file', () => {
  expect(() => readSettings('nowhere.json')).toThrow("nowhere.json can't be read: no such file or directory");
});
