import fc from 'fast-check';
import { type Sighting, sightingNames } from '../../../../lib/domain/account/sightings-of.ts';
import { decodeSightings, encodeSightings } from '../../../../lib/store/account/sighting-codec.ts';

const hour = 498_000;
const sighting: fc.Arbitrary<Sighting> = fc.record({
  tally: fc.constantFrom(...sightingNames),
  currency: fc.constantFrom('', 'usd', 'jpy'),
  hash: fc.nat({ max: 2 ** 40 - 1 }),
  atSec: fc.integer({ min: hour * 3600, max: hour * 3600 + 3599 }),
  value: fc.integer({ min: -1_000, max: 2 ** 44 }),
});

const textsOf = (sightings: readonly Sighting[]) =>
  [...new Set(sightings.map((seen) => JSON.stringify(seen)))].sort();

it('gives back each sighting once, and equal sets as equal bytes', () => {
  fc.assert(
    fc.property(fc.array(sighting), (seen) => {
      const bytes = encodeSightings(seen);
      expect(textsOf(decodeSightings(bytes, hour))).toEqual(textsOf(seen));
      expect(encodeSightings([...seen, ...seen].reverse())).toEqual(bytes);
    }),
  );
});

it('leaves out what a newer release counts, and reads what is beside it', () => {
  const known: Sighting = { tally: 'charge', currency: 'usd', hash: 7, atSec: hour * 3600 + 5, value: 900 };
  const other: Sighting = { ...known, tally: 'price', hash: 8 };
  const bytes = encodeSightings([known, other]);
  const head = 2 * sightingNames.indexOf('price') + 1;
  const newer = bytes.map((byte) => (byte === head ? 2 * sightingNames.length + 1 : byte));
  expect(decodeSightings(newer, hour)).toEqual([known]);
});

it('refuses the bytes of another version', () => {
  expect(() => decodeSightings(Uint8Array.from([2, 0]), hour)).toThrow('of a newer release');
});
