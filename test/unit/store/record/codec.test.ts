import fc from 'fast-check';
import type { Part } from '../../../../lib/domain/record/customer-record.ts';
import type { Observation, Series } from '../../../../lib/domain/record/series.ts';
import { decodePart, encodePart, RecordVersionError } from '../../../../lib/store/record/codec.ts';

const observation: fc.Arbitrary<Observation> = fc.record({
  atSec: fc.nat({ max: 2 ** 40 }),
  hash: fc.nat({ max: 2 ** 40 - 1 }),
  value: fc.nat({ max: 2 ** 51 }),
  revision: fc.nat({ max: 2 ** 40 }),
  voided: fc.boolean(),
  verdict: fc.constantFrom('none', 'expected', 'error'),
});
const series: fc.Arbitrary<Series> = fc
  .array(observation, { maxLength: 48 })
  .map((all) => all.sort((a, b) => a.atSec - b.atSec || a.hash - b.hash));
const part: fc.Arbitrary<Part> = fc
  .array(fc.tuple(fc.string({ maxLength: 40 }), series), { maxLength: 12 })
  .map((all) => new Map(all));

it('gives back every part it packed', () => {
  fc.assert(fc.property(part, (before) => expect(decodePart(encodePart(before))).toEqual(before)));
});

it('packs equal parts into equal bytes, whatever the order they were built in', () => {
  fc.assert(
    fc.property(part, (before) =>
      expect(encodePart(new Map([...before].reverse()))).toEqual(encodePart(before)),
    ),
  );
});

it('refuses a version that it does not know, and says what to do', () => {
  expect(() => decodePart(Uint8Array.from([2, 0]))).toThrow(RecordVersionError);
  expect(() => decodePart(Uint8Array.from([2, 0]))).toThrow('Deploy the newer release again');
});

it('still reads what version 1 wrote', () => {
  const written = Buffer.from(
    '01010a6368617267653a75736402809cd8ca060000000007880e0080d29a010000000008000a',
    'hex',
  );
  expect([...decodePart(written)]).toEqual([
    [
      'charge:usd',
      [
        { atSec: 1_767_247_360, hash: 7, value: 900, revision: 0, voided: false, verdict: 'none' },
        { atSec: 1_769_780_992, hash: 8, value: 900, revision: 1, voided: false, verdict: 'error' },
      ],
    ],
  ]);
});

it('throws on bytes that were cut, wherever', () => {
  fc.assert(
    fc.property(part, fc.nat(), (before, at) => {
      const bytes = encodePart(before);
      expect(() => decodePart(bytes.slice(0, at % bytes.length))).toThrow('too early');
    }),
  );
});
