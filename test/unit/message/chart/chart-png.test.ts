import fc from 'fast-check';
import { chartPng } from '../../../../lib/message/chart/chart-png.ts';
import { chartSvg } from '../../../../lib/message/chart/chart-svg.ts';
import { anyCharted } from '../any-charted.ts';
import { chartFiles } from '../chart-files.ts';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

it('draws any finding as a PNG of twice 600 x 240 in at most 40 KB', async () => {
  await fc.assert(
    fc.asyncProperty(anyCharted, async (finding) => {
      const png = Buffer.from(await chartPng(chartSvg(finding, 'Europe/Berlin') ?? '', chartFiles));
      expect(png.subarray(0, 8)).toEqual(signature);
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 480]);
      expect(png.byteLength).toBeLessThanOrEqual(40_000);
    }),
    { numRuns: 40 },
  );
});

const drawn = async (text: string, weight: number): Promise<string> => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><text x="5" y="30" font-family="Inter" font-weight="${weight}" font-size="20">${text}</text></svg>`;
  return Buffer.from(await chartPng(svg, chartFiles)).toString('base64');
};

it.each([400, 600])('has a glyph in weight %i for whatever money is written with', async (weight) => {
  const money = Intl.supportedValuesOf('currency').map((currency) =>
    new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(-1234.5),
  );
  const characters = [...new Set(`${money.join('')}○−’`)].filter((one) => /[^\s\p{Cf}]/u.test(one));
  const missing = await drawn('\ue000', weight);
  expect(characters).toEqual(expect.arrayContaining(['$', '€', '£', '¥', '₹', '₩', '₫', '₪', '₱']));
  for (const character of characters)
    expect([character, await drawn(character, weight)]).not.toEqual([character, missing]);
});
