import { readFile } from 'node:fs/promises';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { textWidth } from '../../../../lib/message/text/text-width.ts';
import { chartFiles } from '../chart-files.ts';

let fonts: Uint8Array[];
beforeAll(async () => {
  await initWasm(await readFile(chartFiles.wasm));
  fonts = await Promise.all(chartFiles.fonts.map((file) => readFile(file)));
});

it.each([
  '$348.00 to $492.00',
  '£1,111,111.11 credit',
  'KWD 1,234,567.890',
  '¥5,000,000',
  '7,912.5 a day',
  '40 customers',
  '13 payments',
  '28 Nov 2026',
  '$100M',
])('%s is a little narrower than we say', (text) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="40"><text y="30" font-family="Inter" font-weight="600" font-size="17">${text}</text></svg>`;
  const width = new Resvg(svg, { font: { fontBuffers: fonts } }).getBBox()?.width ?? 0;
  expect(width).toBeLessThanOrEqual(textWidth(text, 17));
  expect(width).toBeGreaterThan(0.75 * textWidth(text, 17));
});
