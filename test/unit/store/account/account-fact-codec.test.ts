import fc from 'fast-check';
import { type AccountFact, accountFactNames } from '../../../../lib/domain/account/account-facts-of.ts';
import { decodeAccountFacts, encodeAccountFacts } from '../../../../lib/store/account/account-fact-codec.ts';

const hour = 498_000;
const fact: fc.Arbitrary<AccountFact> = fc.record({
  counter: fc.constantFrom(...accountFactNames),
  currency: fc.constantFrom('', 'usd', 'jpy'),
  hash: fc.nat({ max: 2 ** 40 - 1 }),
  atSec: fc.integer({ min: hour * 3600, max: hour * 3600 + 3599 }),
  value: fc.integer({ min: -1_000, max: 2 ** 44 }),
});

const textsOf = (facts: readonly AccountFact[]) =>
  [...new Set(facts.map((seen) => JSON.stringify(seen)))].sort();

it('gives back each fact once, and equal sets as equal bytes', () => {
  fc.assert(
    fc.property(fc.array(fact), (seen) => {
      const bytes = encodeAccountFacts(seen);
      expect(textsOf(decodeAccountFacts(bytes, hour))).toEqual(textsOf(seen));
      expect(encodeAccountFacts([...seen, ...seen].reverse())).toEqual(bytes);
    }),
  );
});

it('leaves out what a newer release counts, and reads what is next to it', () => {
  const known: AccountFact = {
    counter: 'charge',
    currency: 'usd',
    hash: 7,
    atSec: hour * 3600 + 5,
    value: 900,
  };
  const other: AccountFact = { ...known, counter: 'price', hash: 8 };
  const bytes = encodeAccountFacts([known, other]);
  const head = 2 * accountFactNames.indexOf('price') + 1;
  const newer = bytes.map((byte) => (byte === head ? 2 * accountFactNames.length + 1 : byte));
  expect(decodeAccountFacts(newer, hour)).toEqual([known]);
});

it('refuses the bytes of another version', () => {
  expect(() => decodeAccountFacts(Uint8Array.from([2, 0]), hour)).toThrow('of a newer release');
});
