import type { BillingEvent } from '../../lib/domain/events/billing-event.ts';
import { objectOf } from '../../lib/domain/events/object-of.ts';
import type { Finding } from '../../lib/domain/finding/finding.ts';
import { normalizeEvent } from '../../lib/stripe/event/normalize.ts';
import { inTime } from '../fixtures/arrivals.ts';
import { withMishaps } from '../fixtures/boundary/with-mishaps.ts';
import { foundBy } from '../fixtures/found-by.ts';
import { afterOutages } from '../fixtures/outages.ts';
import { regularYear } from '../fixtures/regular-account/regular-account.ts';
import { seeded } from '../fixtures/seeded.ts';

/*
 * Whole accounts in which one event of 25 goes wrong, as decision 19 (docs/decisions/0019-findings-of-a-set.md) has
 * them: what is found after outages, and in a file that is cut.
 */

/** `OUTAGES=20 npx jest findings-of-accounts` looks at as many accounts, of chance; by default at three, always the same. */
const wanted = Number(process.env.OUTAGES ?? 0);

if (wanted > 0) jest.setTimeout(7_200_000);

const accounts = Array.from({ length: wanted || 3 }, (_, index) => {
  const draw = seeded(wanted > 0 ? Math.floor(Math.random() * 1e6) : index + 1);
  const seed = draw.integer(0, 1_000_000);
  return [seed, customersOf(seed)] as const;
});

/** The events of a year of each customer, each once, in order of time. */
function customersOf(seed: number): readonly (readonly BillingEvent[])[] {
  const draw = seeded(seed);
  const lines = regularYear({
    seed,
    startSec: Date.UTC(2025, 0, 1) / 1000,
    currency: draw.pick(['usd', 'eur', 'jpy']),
    customers: 60,
    buyersPercent: draw.pick([20, 50, 100]),
    declinedPercent: 3,
    refundedPercent: 1,
    renewsTogether: draw.chance(30),
    business: { weekend: 0.3, night: 0.2, season: 1, yearlyGrowth: 1 },
  });
  const events = new Map<string, BillingEvent>();
  for (const line of lines) {
    const reading = normalizeEvent(JSON.parse(line), 0);
    if (reading.kind === 'event') events.set(reading.event.id, reading.event);
  }
  const wrong = inTime([...withMishaps(inTime([...events.values()]), seed)]);
  return [...Map.groupBy(wrong, ({ customer }) => customer).values()];
}

const words = ({ detector, id, summary }: Finding) => `${detector} ${id}: ${summary}`;

/** Whether a later event of the same object came before the one that shows it. */
function wasReplaced({ eventId }: Finding, arrived: readonly BillingEvent[]): boolean {
  const index = arrived.findIndex(({ id }) => id === eventId);
  const [event] = arrived.slice(index);
  return (
    event !== undefined &&
    arrived
      .slice(0, index)
      .some(
        (other) => objectOf(other).id === objectOf(event).id && other.occurredAtSec >= event.occurredAtSec,
      )
  );
}

/** Whether the events that had arrived by some moment say it when they come in order of time. */
function wasSaidByThen({ id }: Finding, arrived: readonly BillingEvent[]): boolean {
  return arrived.some((_, index) => foundBy(inTime(arrived.slice(0, index + 1))).has(id));
}

describe.each(accounts)('an account of seed %i', (seed, customers) => {
  const whole = customers.map(foundBy);

  it('shows a hundred findings or so', () => {
    expect(whole.reduce((sum, { size }) => sum + size, 0)).toBeGreaterThan(20);
  });

  it.each([1, 5, 30])('finds after outages of %i hours what it finds without them', (hours) => {
    const draw = seeded(seed + hours);
    const missing: string[] = [];
    const unfounded: string[] = [];
    for (const [index, events] of customers.entries()) {
      const arrived = afterOutages(events, hours, draw);
      const [expected, found] = [whole[index] ?? new Map<string, Finding>(), foundBy(arrived)];
      for (const one of expected.values())
        if (!found.has(one.id) && !wasReplaced(one, arrived)) missing.push(words(one));
      for (const one of found.values())
        if (!expected.has(one.id) && !wasSaidByThen(one, arrived)) unfounded.push(words(one));
    }
    expect({ missing, unfounded }).toEqual({ missing: [], unfounded: [] });
  });

  it('finds it in a file that is cut at its time, too: nothing that comes later is used', () => {
    for (const [index, events] of customers.entries())
      for (const finding of whole[index]?.values() ?? []) {
        const cut = events.filter(({ occurredAtSec }) => occurredAtSec <= finding.atSec);
        expect([words(finding), foundBy(cut).get(finding.id)]).toEqual([words(finding), finding]);
      }
  });
});
