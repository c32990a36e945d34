import fc from 'fast-check';
import {
  exampleInvoice,
  exampleSubscription,
  monthAtSec,
} from '../../../lib/detectors/examples/example-events.ts';
import { type HourCounts, hourOf } from '../../../lib/domain/account/hour-counts.ts';
import { noHours, withRecountedHours } from '../../../lib/domain/account/hourly-counts.ts';
import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import { daySec, hourSec } from '../../fixtures/lives/account-life.ts';
import { renewalLife } from '../../fixtures/lives/renewal-life.ts';

const startSec = monthAtSec(0);
const delayed = <Event extends BillingEvent>(event: Event, delaySec: number): Event => ({
  ...event,
  receivedAtSec: event.occurredAtSec + delaySec,
});

/** The two events of a renewal at this time, each delivered so much later. */
function renewal(customer: string, atSec: number, periodSec: number, delaysSec: readonly number[] = []) {
  const month = (atSec - startSec) / (30 * daySec);
  const item = {
    id: `si_${customer}`,
    intervalDays: Math.ceil(periodSec / daySec),
    periodEndSec: atSec + periodSec,
  };
  const invoice = exampleInvoice(month, 41_000, { id: `in_${customer}_${atSec}` });
  const events = [invoice, exampleSubscription(month, item)];
  return events.map((event, index) => {
    const dated = { ...event, customer: `cus_${customer}`, occurredAtSec: atSec };
    return delayed(dated, delaysSec[index] ?? 1);
  });
}

describe('of one subscription', () => {
  const sold = renewal('a', startSec, 30 * daySec);
  const next = (delaySec: number) => renewal('a', monthAtSec(1), 30 * daySec, [delaySec, delaySec]);

  it.each([0, 1, 24, 47])('is quiet when its renewal is delivered %i hours late', async (hoursLate) => {
    expect(await renewalLife([...sold, ...next(hoursLate * hourSec)], monthAtSec(1.5))).toEqual([]);
  });

  it('is quiet when an old event of the subscription comes after the newer one', async () => {
    const again = sold.map((event) => delayed(event, 30 * daySec + hourSec));
    expect(await renewalLife([...sold, ...next(1), ...again, ...next(2)], monthAtSec(1.5))).toEqual([]);
  });

  it('is found once, 48 hours after it was due', async () => {
    const found = await renewalLife(sold, monthAtSec(3));
    expect(found.map(({ customer, atSec }) => [customer, (atSec - monthAtSec(1)) / hourSec])).toEqual([
      ['cus_a', 49],
    ]);
  });

  it('is found, under the same id, after sweeps were down when it was to be looked at', async () => {
    const dueHour = 30 * 24;
    const isDown = (hour: number) => hour > dueHour + 20 && hour < dueHour + 90;
    const [onTime] = await renewalLife(sold, monthAtSec(3));
    const [late, ...others] = await renewalLife(sold, monthAtSec(3), { isDown });
    expect(others).toEqual([]);
    expect(late?.id).toBe(onTime?.id);
  });
});

describe('of a whole account', () => {
  /** One renewal each hour, monthly, of 720 customers, from the second month on without those of these hours. */
  const account = (missing: (hour: number) => boolean) =>
    Array.from({ length: 720 }, (_, hour) => {
      const atSec = startSec + hour * hourSec;
      const second = missing(hour) ? [] : renewal(`${hour}`, atSec + 30 * daySec, 30 * daySec);
      return [...renewal(`${hour}`, atSec, 30 * daySec), ...second];
    }).flat();
  const namesOf = async (missing: (hour: number) => boolean) =>
    (await renewalLife(account(missing), monthAtSec(1.5))).map(({ customer }) => customer);

  it.each([6, 24, 60])('says one thing of an outage of %i hours', async (length) => {
    expect(await namesOf((hour) => hour >= 100 && hour < 100 + length)).toEqual([null]);
  });

  it('says one thing of an outage in which every third renewal still comes', async () => {
    expect(await namesOf((hour) => hour >= 100 && hour < 160 && hour % 3 !== 0)).toEqual([null]);
  });

  it('counts who was missed in it, and since when', async () => {
    const [found] = await renewalLife(
      account((hour) => hour >= 100 && hour < 112),
      monthAtSec(1.5),
    );
    expect(found).toMatchObject({
      actual: 12,
      object: 'subscriptions',
      about: new Date((monthAtSec(1) + 100 * hourSec) * 1000).toISOString(),
      atStakeMinor: 12 * 41_000,
    });
    expect(found?.summary).toMatch(
      /^No invoice came for the renewals of 12 customers, due from 2026-02-04 .* and 9 more\.$/,
    );
  });

  it('finds one by itself that was missed shortly before an outage, when the two next to it came', async () => {
    const missing = (hour: number) => hour === 97 || (hour >= 100 && hour < 112);
    expect(await namesOf(missing)).toEqual(['cus_97', null]);
    expect(await namesOf((hour) => hour === 98 || (hour >= 100 && hour < 112))).toHaveLength(1);
  });

  it('calls it a drop of revenue when at least half a day’s renewals were missed, and a missed renewal else', async () => {
    const detectorOf = async (missing: (hour: number) => boolean) =>
      (await renewalLife(account(missing), monthAtSec(1.5))).map(({ detector }) => detector);
    expect(await detectorOf((hour) => hour >= 100 && hour < 112)).toEqual(['revenue-drop']);
    expect(await detectorOf((hour) => hour >= 100 && hour < 111)).toEqual(['missed-renewal']);
  });

  it('adds nothing to a drop of revenue that was reported', async () => {
    const sinceSec = monthAtSec(1) + 80 * hourSec;
    const episodes = new Map([['revenue-drop', [{ sinceSec, lastSec: sinceSec + 72 * hourSec }]]]);
    expect(
      await renewalLife(
        account((hour) => hour >= 100 && hour < 108),
        monthAtSec(1.5),
        { episodes },
      ),
    ).toEqual([]);
  });

  it('is silent when it is switched off, and takes over when revenue-drop is', async () => {
    const events = account((hour) => hour === 50 || (hour >= 100 && hour < 112));
    const detectorsOf = async (off: readonly string[]) =>
      (await renewalLife(events, monthAtSec(1.5), { off })).map(({ detector }) => detector);
    expect(await detectorsOf([])).toEqual(['missed-renewal', 'revenue-drop']);
    expect(await detectorsOf(['revenue-drop'])).toEqual(['missed-renewal', 'missed-renewal']);
    expect(await detectorsOf(['missed-renewal'])).toEqual([]);
  });

  it('says two things of two outages two days apart', async () => {
    const missing = (hour: number) => (hour >= 100 && hour < 106) || (hour >= 154 && hour < 160);
    expect(await namesOf(missing)).toEqual([null, null]);
  });

  it('says each by itself of two missed in one hour, and of some that are days apart', async () => {
    expect(await namesOf((hour) => [100, 101, 150, 200].includes(hour))).toEqual([
      'cus_100',
      'cus_101',
      'cus_150',
      'cus_200',
    ]);
  });

  it('leaves it to webhook-silence when that has reported those hours', async () => {
    const isOut = (hour: number) => hour >= 100 && hour < 112;
    const nine = { count: 9, money: new Map() };
    const busy: HourCounts = new Map([
      ['active', nine],
      ['charge', nine],
    ]);
    const first = hourOf(startSec) - 5 * 168;
    const all = Array.from({ length: 1_900 }, (_, index) => first + index);
    const isBusy = (hour: number) => !isOut(hour - hourOf(monthAtSec(1)));
    const last = hourOf(monthAtSec(1.5));
    const counted = (hours: readonly number[]) =>
      withRecountedHours(noHours, new Map(hours.map((hour) => [hour, busy])), last);
    const hours = counted(all.filter(isBusy));
    const sinceSec = monthAtSec(1) + 100 * hourSec;
    const episodes = new Map([['webhook-silence', [{ sinceSec, lastSec: sinceSec }]]]);
    const found = async (state: { hours: typeof hours; episodes?: typeof episodes }) =>
      await renewalLife(account(isOut), monthAtSec(1.5), state);
    expect(await found({ hours, episodes })).toEqual([]);
    expect(await found({ hours })).toHaveLength(1);
    expect(await found({ hours: counted(all), episodes })).toHaveLength(1);
  });
});

it('says nothing of a subscription that renews for two years, whatever its period and the delays', async () => {
  const life = fc.record({
    periodDays: fc.integer({ min: 1, max: 99 }),
    delays: fc.array(fc.tuple(fc.nat(40 * hourSec), fc.nat(40 * hourSec)), { minLength: 5, maxLength: 20 }),
  });
  await fc.assert(
    fc.asyncProperty(life, async ({ periodDays, delays }) => {
      const count = Math.floor((2 * 365) / periodDays);
      const periodSec = periodDays * daySec;
      const events = Array.from({ length: count }, (_, index) =>
        renewal('a', startSec + index * periodSec, periodSec, delays[index % delays.length]),
      ).flat();
      expect(await renewalLife(events, startSec + count * periodSec + 47 * hourSec)).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
