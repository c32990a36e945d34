import fc from 'fast-check';
import { type RegularAccount, regularYear } from '../fixtures/regular-account/regular-account.ts';
import { replayed } from '../fixtures/replayed.ts';

/** `REGULAR_ACCOUNTS=200 npx jest regular-accounts` looks at as many, of chance; by default at a few, always the same. */
const wanted = Number(process.env.REGULAR_ACCOUNTS ?? 0);

if (wanted > 0) jest.setTimeout(7_200_000);

const accounts: fc.Arbitrary<RegularAccount> = fc.record({
  seed: fc.nat({ max: 1_000_000 }),
  startSec: fc.integer({ min: 0, max: 1460 }).map((day) => Date.UTC(2025, 0, 1 + day) / 1000),
  currency: fc.constantFrom('usd', 'usd', 'eur', 'jpy', 'krw', 'kwd', 'huf', 'inr'),
  customers: fc.integer({ min: 0, max: wanted > 0 ? 33 : 22 }).map((size) => Math.round(2 ** (size / 4))),
  buyersPercent: fc.constantFrom(0, 20, 50, 100),
  declinedPercent: fc.constantFrom(0, 3, 8),
  refundedPercent: fc.constantFrom(0, 1, 4),
  renewsTogether: fc.constantFrom(false, false, true),
  business: fc.record({
    weekend: fc.constantFrom(0, 0.3, 1),
    night: fc.constantFrom(0, 0.2, 1),
    season: fc.constantFrom(1, 1.5, 2),
    yearlyGrowth: fc.constantFrom(0.8, 1, 1.5, 3),
  }),
});

it('says nothing of accounts in which nothing goes wrong, in a year, of any size and currency', async () => {
  const year = fc.asyncProperty(accounts, async (account) => {
    const findings = await replayed(regularYear(account));
    expect(findings.map(({ detector, object, summary }) => `${detector} ${object}: ${summary}`)).toEqual([]);
  });
  const runs = wanted > 0 ? { numRuns: wanted } : { numRuns: 5, seed: 1 };
  await fc.assert(year, { ...runs, endOnFailure: true }); // shrinking years takes minutes
});
