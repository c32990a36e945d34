import type { Example } from '../../../lib/detectors/examples/example-events.ts';
import { eventDetectors } from '../../../lib/detectors/registry.ts';
import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import { type Arrivals, arrivalsOf, inTime } from '../../fixtures/arrivals.ts';
import { examplesOf } from '../../fixtures/examples-of.ts';
import { foundBy } from '../../fixtures/found-by.ts';
import { seeded } from '../../fixtures/seeded.ts';

/*
 * Findings are a function of the set of events (docs/decisions/0019-findings-of-a-set.md): every case of every detector,
 * those that fire and those that stay quiet, in every order in which Stripe may deliver it.
 */

/** `ORDERS=5000 npx jest findings-of-a-set` looks at as many of a case; by default at all, or at so many by chance. */
const most = Number(process.env.ORDERS ?? 120);

if (most > 120) jest.setTimeout(3_600_000);

/** What may be missing: the void, refund, credit note or second invoice that ends it is known before it arrives. */
const explainedOnArrival = new Set([
  'duplicate-charge: a second pair, when of the first one was refunded',
  'duplicate-charge: a renewal billed again, after its first invoice was voided',
  'duplicate-charge: a renewal billed again, after its first invoice was credited',
  'payment-mismatch: one payment for two invoices',
]);

/**
 * What may be found as well: an invoice, a refund or a third subscription that explains it arrives after it. In one case
 * midnight divides three equal charges, and their finding has the name of the later hour.
 */
const explainedLater = [
  'decimal-shift: the charge of an invoice that has been judged',
  'duplicate-charge: the charge between two that were far enough apart',
  'duplicate-charge: a purchase that was refunded, and made again',
  'duplicate-charge: the same, when the first purchase arrives last, after its refund',
  'duplicate-charge: two invoices of one amount, each with its charge',
  'duplicate-charge: a customer who buys the same all day',
  'duplicate-charge: a customer who was billed twice on one day before, and paid both',
  'duplicate-subscription: the first was cancelled',
  'duplicate-subscription: a third one',
  'failed-payments: five invoices of one moment, and a card that has expired',
  'failed-payments: the same five invoices, when Stripe tries them again',
  'failed-payments: a reseller that pays every minute, and of whose payments a few fail',
  'payment-mismatch: an invoice paid in two parts',
  'payment-mismatch: two invoices paid in the same second',
  'payment-mismatch: one payment for two invoices',
  'payment-mismatch: a purchase next to a paid invoice',
];

interface Case extends Arrivals {
  readonly name: string;
  readonly events: readonly BillingEvent[];
}

function caseOf(detector: string, { name, history, event }: Example): Case {
  const events = inTime([...new Map([...history, event].map((one) => [one.id, one])).values()]);
  return { name: `${detector}: ${name}`, events, ...arrivalsOf(events, most, seeded(1)) };
}

const cases = eventDetectors.map(({ id }) => {
  const { fires, quiet } = examplesOf(id)();
  return [id, [...fires, ...quiet].map((example) => caseOf(id, example))] as const;
});

const idsOf = (events: readonly BillingEvent[]) =>
  new Map([...foundBy(events).values()].map(({ id, detector, severity }) => [id, `${detector} ${severity}`]));

/** Whether the events that had arrived by some moment say it when they come in order of time. */
function wasSaidByThen(id: string, order: readonly BillingEvent[]): boolean {
  return order.some((_, index) => idsOf(inTime(order.slice(0, index + 1))).has(id));
}

interface Differences {
  readonly missing: readonly string[];
  readonly added: readonly string[];
  /** Added, though the events that had arrived by then do not say it in order of time. */
  readonly unfounded: readonly string[];
}

const compared = new Map<Case, Differences>();

function differences(one: Case): Differences {
  const known = compared.get(one);
  if (known !== undefined) return known;
  const { name, events, orders } = one;
  const expected = idsOf(events);
  const [missing, added, unfounded] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const order of orders) {
    const found = idsOf(order);
    for (const [id, said] of expected) if (found.get(id) !== said) missing.add(`${name}: ${said}`);
    for (const [id, said] of found) {
      if (expected.has(id)) continue;
      added.add(`${name}: ${said}`);
      if (!wasSaidByThen(id, order)) unfounded.add(`${name}: ${said}`);
    }
  }
  const all = { missing: [...missing], added: [...added], unfounded: [...unfounded] };
  compared.set(one, all);
  return all;
}

const count = (some: readonly Case[]) => some.reduce((sum, { orders }) => sum + orders.length, 0);
const title = (some: readonly Case[]) =>
  `${some.length} cases in ${count(some)} orders, ${some.filter(({ areAll }) => areAll).length} in all there are`;

describe.each(cases.map(([id, some]) => [id, title(some), some] as const))('%s: %s', (_id, _title, some) => {
  it('finds in any order what it finds in order of time, and nothing that the events by then do not show', () => {
    const found = some.map(differences);
    const missing = found.flatMap((one) => one.missing);
    expect(missing.filter((one) => ![...explainedOnArrival].some((name) => one.startsWith(name)))).toEqual(
      [],
    );
    expect(found.flatMap((one) => one.unfounded)).toEqual([]);
  });

  it('finds nothing else when every event comes twice', () => {
    for (const { name, events, orders } of some)
      for (const order of [events, ...orders.slice(0, 3)]) {
        const [once, twice] = [idsOf(order), idsOf([...order.flatMap((one) => [one, one]), ...order])];
        expect([name, twice]).toEqual([name, once]);
      }
  });
});

it('adds only what arrives before its explanation', () => {
  const added = cases.flatMap(([, some]) =>
    some.filter((one) => differences(one).added.length > 0).map(({ name }) => name),
  );
  expect(added.filter((name) => !explainedLater.includes(name))).toEqual([]);
});
