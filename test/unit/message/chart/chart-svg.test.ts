import fc from 'fast-check';
import { chartSvg } from '../../../../lib/message/chart/chart-svg.ts';
import { cleanFinding } from '../../../../lib/message/clean-finding.ts';
import { anyCharted } from '../any-charted.ts';
import { brokenSum, draftSpike, usageSpike, yenCharge } from '../sample-findings.ts';

const draw = (finding = draftSpike): string => chartSvg(cleanFinding(finding), 'Europe/Berlin') ?? '';
const texts = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]+)</g)].map(([, words = '']) => words);
const count = (svg: string, pattern: RegExp): number => [...svg.matchAll(pattern)].length;

it('says the flagged value, what is usual, the ticks and the days', () => {
  expect(texts(draw())).toEqual([
    '○ not counted as usual',
    '$0',
    '$2,000',
    '$4,000',
    '28 Nov 2025',
    '23 Nov 2026',
    'This one',
    '$4,120.00',
    'Usual so far',
    '$389.00 to $421.00',
  ]);
});

it('marks the usual with discs, the unusual with rings and the flagged one with the one diamond', () => {
  const svg = draw();
  expect(count(svg, /<circle/g)).toBe(draftSpike.history.points.length);
  expect(count(svg, /<circle[^>]* stroke=/g)).toBe(1);
  expect(count(svg, /l10 10l-10 10l-10-10z/g)).toBe(1);
});

it('says that the scale is logarithmic where a value 100 times the usual would flatten the rest, and only there', () => {
  expect(texts(draw(yenCharge))).toContain('Log scale, each line 10 times the one below');
  expect(draw(draftSpike)).not.toContain('Log scale');
  const ys = [...draw(yenCharge).matchAll(/cy="(\d+)"/g)].map(([, y]) => Number(y));
  expect(new Set(ys).size).toBeGreaterThan(1);
});

it('draws nothing of what has no history', () => {
  expect(chartSvg(cleanFinding(brokenSum), 'UTC')).toBeUndefined();
});

it('writes no name and no description, and escapes the unit', () => {
  const evil = '"><image href="https://evil.example/x.png"/>';
  const measure = { kind: 'quantity', unit: evil, what: evil } as const;
  const svg = draw({ ...usageSpike, measure, customerName: evil, summary: evil, objectLabel: evil });
  expect(svg).not.toMatch(/<image|href="/);
  expect(svg).toContain('&quot;&gt;&lt;image');
});

it('keeps every mark and every text on the picture, and the two labels apart', () => {
  fc.assert(
    fc.property(anyCharted, (finding) => {
      const svg = draw(finding);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      const numbers = (pattern: RegExp): readonly number[] =>
        [...svg.matchAll(pattern)].map(([, number]) => Number(number));
      for (const x of numbers(/ c?x="([^"]*)"/g)) expect(x >= 0 && x <= 600).toBe(true);
      for (const y of numbers(/ c?y="([^"]*)"/g)) expect(y >= 0 && y <= 240).toBe(true);
      const sides = numbers(/ y="([^"]*)" font-size/g);
      expect(sides.length).toBeGreaterThanOrEqual(4);
      for (const [index, y] of sides.slice(1).entries()) {
        expect(y - (sides[index] ?? 0)).toBeGreaterThanOrEqual(22 - 1e-9);
      }
    }),
    { numRuns: 200 },
  );
});
