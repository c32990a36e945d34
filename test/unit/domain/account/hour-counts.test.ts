import fc from 'fast-check';
import { exampleCharge } from '../../../../lib/detectors/examples/example-events.ts';
import {
  type AccountFact,
  accountFactNames,
  factsOf,
} from '../../../../lib/domain/account/account-facts-of.ts';
import { countHour } from '../../../../lib/domain/account/hour-counts.ts';

const fact: fc.Arbitrary<AccountFact> = fc.record({
  counter: fc.constantFrom(...accountFactNames),
  currency: fc.constantFrom('', 'usd', 'jpy'),
  hash: fc.integer({ min: 1, max: 12 }),
  atSec: fc.integer({ min: 0, max: 3599 }),
  value: fc.integer({ min: 0, max: 200 }),
});

it('counts the same in any order, with any repeats, however the facts lie over shards', () => {
  fc.assert(
    fc.property(fc.array(fact), fc.infiniteStream(fc.nat()), (facts, chance) => {
      const again = facts.filter(() => (chance.next().value ?? 0) % 2 === 0);
      const shuffled = [...facts, ...again]
        .map((one) => ({ one, key: chance.next().value ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ one }) => one);
      expect(countHour(shuffled)).toEqual(countHour(facts));
    }),
  );
});

it('counts a charge once though Stripe sends it in two events', () => {
  const charge = exampleCharge(0, 5_000);
  const delivered = [charge, { ...charge, id: 'evt_other', receivedAtSec: charge.receivedAtSec + 7_200 }];
  const counts = countHour(delivered.flatMap(factsOf));
  expect(counts.get('charge')).toEqual({ count: 1, money: new Map([['usd', 5_000]]) });
  expect(counts.get('active')?.count).toBe(1);
  expect(counts.get('late')).toBeUndefined();
});

it('takes the sum so far of a charge that is refunded twice, not the sum of the sums', () => {
  const refund = (amountRefundedMinor: number, id: string) => ({
    ...exampleCharge(0, 80_000, { amountRefundedMinor }, 'charge_refunded'),
    id,
  });
  const counts = countHour([refund(40_000, 'evt_1'), refund(80_000, 'evt_2')].flatMap(factsOf));
  expect(counts.get('refund')).toEqual({ count: 1, money: new Map([['usd', 80_000]]) });
});

it('counts a card once however often it is declined', () => {
  const failed = (id: string) => exampleCharge(0, 100, { id, fingerprint: 'card_a' }, 'charge_failed');
  expect(countHour([failed('ch_1'), failed('ch_2')].flatMap(factsOf)).get('failed')?.count).toBe(1);
});
