import fc from 'fast-check';
import { memoryRenewalCalendar } from '../../../infra/cli/memory-renewal-calendar.ts';
import {
  exampleInvoice,
  exampleSubscription,
  monthAtSec,
} from '../../../lib/detectors/examples/example-events.ts';
import { accountDetectors } from '../../../lib/detectors/registry.ts';
import { missedRenewal } from '../../../lib/detectors/subscription/missed-renewal.ts';
import { factsOf } from '../../../lib/domain/account/account-facts-of.ts';
import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { learn } from '../../../lib/domain/record/learn.ts';
import { renewalsDue } from '../../../lib/domain/record/renewals-due.ts';
import { runSweep } from '../../../lib/sweep/run-sweep.ts';
import { daySec, hourSec } from '../../fixtures/lives/account-life.ts';
import { accountKey } from '../../fixtures/lives/renewal-life.ts';
import { memoryAccountStore } from '../../fixtures/memory/memory-account-store.ts';
import { memoryRecordStore } from '../../fixtures/memory/memory-record-store.ts';
import { seeded } from '../../fixtures/seeded.ts';

const periodSec = 30 * daySec;

/** A renewal as Stripe sends it: an invoice some minutes after the period ended, and the next period. */
function renewal(customer: string, dueSec: number, atSec = dueSec): readonly BillingEvent[] {
  const month = (dueSec - monthAtSec(0)) / periodSec;
  const item = { id: `si_${customer}`, intervalDays: 31, periodEndSec: dueSec + periodSec };
  const events = [
    exampleInvoice(month, 41_000, { id: `in_${customer}_${dueSec}` }),
    exampleSubscription(month, item),
  ];
  return events.map((event) => ({ ...event, customer, occurredAtSec: atSec, receivedAtSec: atSec }));
}

interface Due {
  readonly customer: string;
  readonly dueSec: number;
  /** When its invoice is made. */
  readonly madeSec: number;
}

/** What the hourly sweeps say, from two days before a time to another; `isLost` is what never reaches us. */
async function sweptLife(
  dues: readonly Due[],
  isLost: (due: Due) => boolean,
  fromSec: number,
  untilSec: number,
): Promise<readonly Finding[]> {
  const store = memoryAccountStore();
  const calendar = memoryRenewalCalendar();
  const records = memoryRecordStore();
  const found = new Map<string, Finding>();
  const sendFindings = async (findings: readonly Finding[]): Promise<void> => {
    for (const finding of findings) if (!found.has(finding.id)) found.set(finding.id, finding);
  };
  const hear = async (events: readonly BillingEvent[]): Promise<void> => {
    for (const event of events) {
      await store.addAccountFacts(accountKey, factsOf(event));
      await calendar.note(accountKey, renewalsDue(event));
      const key = { ...accountKey, customer: event.customer ?? '' };
      const loaded = await records.load(key);
      await records.save(key, loaded, learn(event, loaded.record).record);
    }
  };
  for (const { customer, dueSec } of dues) await hear(renewal(customer, dueSec - periodSec));
  const coming = dues.filter((due) => !isLost(due)).toSorted((a, b) => a.madeSec - b.madeSec);
  let next = 0;
  for (let nowSec = fromSec - (fromSec % hourSec) - 2 * daySec; nowSec <= untilSec; nowSec += hourSec) {
    for (let due = coming[next]; due !== undefined && due.madeSec <= nowSec; due = coming[next]) {
      await hear(renewal(due.customer, due.dueSec, due.madeSec));
      next += 1;
    }
    const renewals = { calendar, store: records, detector: missedRenewal, off: [] };
    await runSweep(nowSec, { store, detectors: accountDetectors, renewals, sendFindings });
  }
  return [...found.values()];
}

it('finds a gap into which three renewals fell once, within hours, whatever the size of the account', async () => {
  const gaps = fc.record({
    seed: fc.nat(),
    customers: fc.integer({ min: 6, max: 46 }).map((size) => Math.round(2 ** (size / 4))), // 3 to 2,896
    hours: fc.oneof(fc.constant(0), fc.integer({ min: 2, max: 72 })),
    startMinute: fc.integer({ min: 10 * 1_440, max: 20 * 1_440 }),
  });
  await fc.assert(
    fc.asyncProperty(gaps, async ({ seed, customers, hours, startMinute }) => {
      const { integer } = seeded(seed);
      const dues = Array.from({ length: customers }, (_, index): Due => {
        const dueSec = monthAtSec(1) + integer(0, periodSec - 1);
        return { customer: `cus_${index}`, dueSec, madeSec: dueSec + integer(0, 50 * 60) };
      });
      const startSec = monthAtSec(1) + startMinute * 60;
      const endSec = startSec + hours * hourSec;
      const isLost = ({ madeSec }: Due): boolean => madeSec >= startSec && madeSec < endSec;
      const wholeHours = [
        Math.ceil(startSec / hourSec) * hourSec,
        Math.floor(endSec / hourSec) * hourSec,
      ] as const;
      const inWholeHours = dues
        .filter((due) => isLost(due) && due.dueSec >= wholeHours[0] && due.dueSec < wholeHours[1])
        .map(({ dueSec }) => dueSec)
        .sort((a, b) => a - b);

      const found = await sweptLife(dues, isLost, startSec, endSec + 4 * daySec);
      const [silence, ...more] = found.filter(({ detector }) => detector === 'webhook-silence');
      expect(more).toEqual([]);
      const third = inWholeHours[2];
      if (third === undefined) return;
      expect(silence?.atSec).toBeLessThanOrEqual(third + 5 * hourSec);
      // A renewal that was overdue for two days before the third was due has been reported by then.
      const reportedBefore = found.filter(({ atSec }) => atSec < (silence?.atSec ?? 0));
      expect(found.length - reportedBefore.length).toBe(1);
      expect(reportedBefore.every(({ detector }) => detector === 'missed-renewal')).toBe(true);
    }),
    { numRuns: 25 },
  );
});

describe('of an account in which two renewals come every hour of the day, and some at night', () => {
  const midnightSec = Math.ceil(monthAtSec(1) / daySec + 5) * daySec;
  const due = (customer: string, hour: number, lateHours = 0): Due => {
    const dueSec = midnightSec + hour * hourSec;
    return { customer: `cus_${customer}`, dueSec, madeSec: dueSec + 60 + lateHours * hourSec };
  };
  const daytime = [-24, 0, 24].flatMap((day) =>
    Array.from({ length: 24 }, (_, index) => due(`${day}_${index}`, day + 9 + Math.floor(index / 2))),
  );
  const night = [due('a', 0.2), due('b', 0.4), due('c', 1)];
  const detectorsOf = async (dues: readonly Due[], lost: readonly Due[]): Promise<readonly string[]> => {
    const isLost = (one: Due): boolean => lost.includes(one);
    const found = await sweptLife(dues, isLost, midnightSec, midnightSec + 4 * daySec);
    return found.map(({ detector }) => detector);
  };

  it('finds silence where none of those at night came', async () => {
    expect(await detectorsOf([...daytime, ...night], night)).toEqual(['webhook-silence']);
  });

  it('does not call it silence where one of them came, hours late', async () => {
    const late = due('late', 0.5, 3);
    expect(await detectorsOf([...daytime, ...night, late], night)).not.toContain('webhook-silence');
  });

  it('does not call it silence where others were missed in the evening, though something was heard then', async () => {
    const evening = daytime.filter(({ dueSec }, index) => dueSec < midnightSec && index % 2 === 0);
    const found = await detectorsOf([...daytime, ...night], [...evening, ...night]);
    expect(found).toEqual(['revenue-drop']);
  });
});
