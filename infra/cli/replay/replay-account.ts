import type { AccountDetector } from '../../../lib/detectors/define-account.ts';
import type { RenewalDetector } from '../../../lib/detectors/define-renewal.ts';
import { type AccountFact, countersOf } from '../../../lib/domain/account/account-facts-of.ts';
import { freshHours } from '../../../lib/domain/account/account-past.ts';
import { type AccountState, emptyAccountState } from '../../../lib/domain/account/account-state.ts';
import { hourOf } from '../../../lib/domain/account/hour-counts.ts';
import type { AccountKey, BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { renewalsDue } from '../../../lib/domain/record/renewals-due.ts';
import type { RecordStore } from '../../../lib/store/record/record-store.ts';
import { hoursToRead, sweepAccount } from '../../../lib/sweep/sweep.ts';
import { sweepRenewals } from '../../../lib/sweep/sweep-renewals.ts';
import { askedForHours, overdueInSilences } from '../../../lib/sweep/sweep-silences.ts';
import { memoryRenewalCalendar } from '../memory-renewal-calendar.ts';

const everySec = 300;

/** What judges a whole account, and where its customers' records are. */
export interface AccountJudges {
  readonly accountDetectors: readonly AccountDetector[];
  readonly renewalDetector: RenewalDetector;
  /** Ids of detectors that the operator has switched off. */
  readonly off: readonly string[];
  readonly store: Pick<RecordStore, 'load'>;
}

/**
 * The sweeps of one account on the clock of its events' arrival. A sweep that can find nothing new, as nothing came
 * since the last and the hour is the same, is left out.
 */
export function replayAccount(key: AccountKey, judges: AccountJudges) {
  const { accountDetectors, renewalDetector: detector, store, off } = judges;
  const calendar = memoryRenewalCalendar();
  const hours = new Map<number, AccountFact[]>(); // with repeats, which count once
  let state: AccountState = emptyAccountState;
  let dueSec = 0;
  const changed = new Set<number>();

  async function sweep(nowSec: number): Promise<readonly Finding[]> {
    const { from, to } = hoursToRead(state, nowSec);
    const read = new Map<number, readonly AccountFact[]>();
    for (let hour = from; hour <= to; hour += 1) {
      const facts = hours.get(hour);
      const isNews = changed.has(hour) || hour > to - freshHours;
      if (facts !== undefined && isNews) read.set(hour, facts);
    }
    const renewals = { calendar, store, detector, off };
    const overdue = await overdueInSilences(key, state, read, nowSec, renewals);
    const counted = sweepAccount(key, state, read, nowSec, accountDetectors, overdue, off);
    state = await sweepRenewals(key, counted, nowSec, renewals);
    if (to - from > freshHours) {
      for (const hour of hours.keys()) if (hour < from) hours.delete(hour);
      for (const hour of changed) if (hour >= from) changed.delete(hour);
      calendar.forgetBefore(to - askedForHours);
    }
    return state.findings;
  }

  return {
    isDue: (arrivedAtSec: number) => dueSec <= arrivedAtSec,
    /** The sweeps that are due before an event arrives at this time. */
    async until(arrivedAtSec: number): Promise<readonly Finding[]> {
      const found: Finding[] = [];
      if (dueSec === 0) dueSec = Math.ceil(arrivedAtSec / everySec) * everySec;
      while (dueSec <= arrivedAtSec) {
        found.push(...(await sweep(dueSec)));
        const nextHourSec = (hourOf(dueSec) + 1) * 3600;
        dueSec =
          arrivedAtSec >= nextHourSec ? nextHourSec : Math.ceil((arrivedAtSec + 1) / everySec) * everySec;
      }
      return found;
    },
    /** What the last sweep made of all that came before it. */
    calibration: () => state.calibration,
    see(event: BillingEvent, scores: readonly AccountFact[]): void {
      calendar.add(key, renewalsDue(event));
      for (const fact of [...countersOf(event), ...scores]) {
        const hour = hourOf(fact.atSec);
        const seen = hours.get(hour);
        if (seen === undefined) hours.set(hour, [fact]);
        else seen.push(fact);
        changed.add(hour);
      }
    },
  };
}
