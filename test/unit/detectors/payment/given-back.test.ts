import { unrefundedCharges } from '../../../../lib/detectors/baseline/unrefunded-charges.ts';
import { countersOf } from '../../../../lib/domain/account/account-facts-of.ts';
import type { BillingEvent } from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord, partNames } from '../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';
import { encodePart } from '../../../../lib/store/record/codec.ts';
import type { Fields } from '../../../../lib/stripe/event/fields.ts';
import { normalizeEvent } from '../../../../lib/stripe/event/normalize.ts';
import { findingsOf } from '../../../fixtures/findings-of.ts';
import { seeded } from '../../../fixtures/seeded.ts';

const madeSec = 1_767_225_600;
const minuteSec = 60;

/** What Stripe's event of a charge says; undefined when that is nothing to us. */
function eventOf(type: string, afterSec: number, charge: Fields): BillingEvent | undefined {
  const object = { currency: 'usd', customer: 'cus_1', status: 'succeeded', created: madeSec, ...charge };
  const event = { object: 'event', type, livemode: true, created: madeSec + afterSec, data: { object } };
  const read = normalizeEvent({ ...event, id: `evt_${type}_${charge.id}_${afterSec}` }, event.created);
  return read.kind === 'event' ? read.event : undefined;
}

/** A deposit of $200 of which $40 is captured, and so much of that is given back later. */
function deposit(id: string, atSec: number, backMinor = 0): readonly (BillingEvent | undefined)[] {
  const held = { id, amount: 20_000, created: madeSec + atSec };
  const captured = { ...held, amount_captured: 4_000, captured: true };
  const released = { ...captured, amount_refunded: 16_000 };
  return [
    eventOf('charge.succeeded', atSec, { ...held, amount_captured: 0, captured: false, amount_refunded: 0 }),
    eventOf('charge.captured', atSec + 1, released),
    eventOf('charge.refunded', atSec + 2, released),
    ...(backMinor > 0
      ? [eventOf('charge.refunded', atSec + 3, { ...captured, amount_refunded: 16_000 + backMinor })]
      : []),
  ];
}

function letGo(id: string, atSec: number): readonly (BillingEvent | undefined)[] {
  const held = { id, amount: 5_000, amount_captured: 0, captured: false, created: madeSec + atSec };
  return [
    eventOf('charge.succeeded', atSec, held),
    eventOf('charge.refunded', atSec + 5, { ...held, amount_refunded: 5_000, refunded: true }),
  ];
}

const known = (events: readonly (BillingEvent | undefined)[]): readonly BillingEvent[] =>
  events.filter((event) => event !== undefined);

const minutes = (count: number) => Array.from({ length: count }, (_, index) => index * minuteSec);

it.each([
  ['deposits captured in part', (id: string, atSec: number) => deposit(id, atSec)],
  ['authorisations that were let go', letGo],
])('counts %s as no refunds, of a customer and of the account', (_name, of) => {
  const events = known(minutes(16).flatMap((atSec) => of(`ch_${atSec}`, atSec)));
  expect(findingsOf(events).filter(({ detector }) => detector === 'refund-spike')).toEqual([]);
  expect(events.flatMap(countersOf).filter(({ counter }) => counter === 'refund')).toEqual([]);
});

it('finds deposits that are given back in full, though the captured part is the lesser', () => {
  const events = known(minutes(3).flatMap((atSec) => deposit(`ch_${atSec}`, atSec, 4_000)));
  const [found] = findingsOf(events).filter(({ detector }) => detector === 'refund-spike');
  expect(found?.atStakeMinor).toBe(12_000);
});

it('counts a part of what was captured as a part, and the account its worth', () => {
  const events = known(minutes(3).flatMap((atSec) => deposit(`ch_${atSec}`, atSec, 1_000)));
  expect(findingsOf(events).filter(({ detector }) => detector === 'refund-spike')).toEqual([]);
  const refunds = events.flatMap(countersOf).filter(({ counter }) => counter === 'refund');
  expect(refunds.map(({ value }) => value)).toEqual([1_000, 1_000, 1_000]);
});

it('finds more given back than was captured', () => {
  const [found] = findingsOf(known(deposit('ch_1', 0, 4_001)));
  expect(found).toMatchObject({ detector: 'refund-spike', actual: 4_001, atStakeMinor: 1 });
  expect(found?.summary).toContain('was refunded $40.01 of a payment of $40.00');
});

it('remembers the same of captures and refunds in any order, and which charges were kept', () => {
  const events = known([
    ...deposit('ch_kept', 0),
    ...deposit('ch_part', 100, 1_000),
    ...deposit('ch_back', 200, 4_000),
    ...letGo('ch_held', 300),
  ]);
  const recordAfter = (some: readonly BillingEvent[]) =>
    some.reduce((before, event) => learn(event, before).record, emptyRecord);
  const bytes = (some: readonly BillingEvent[]) =>
    partNames.map((name) => Buffer.from(encodePart(recordAfter(some)[name])).toString('hex'));
  expect(unrefundedCharges(recordAfter(events), 'usd').map(({ atSec }) => atSec - madeSec)).toEqual([0, 100]);
  for (let seed = 0; seed < 50; seed += 1) {
    const draw = seeded(seed);
    const drawn = [...events, ...events].map((event) => ({ event, place: draw.integer(0, 1_000_000) }));
    const shuffled = drawn.sort((a, b) => a.place - b.place).map(({ event }) => event);
    expect(bytes(shuffled)).toEqual(bytes(events));
  }
});
