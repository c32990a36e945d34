import type { RenewalDetector } from '../detectors/define-renewal.ts';
import type { AccountPast } from '../domain/account/account-past.ts';
import type { AccountState } from '../domain/account/account-state.ts';
import { withEpisode } from '../domain/account/episodes.ts';
import { hourOf } from '../domain/account/hour-counts.ts';
import { firstKnownHour } from '../domain/account/hourly-counts.ts';
import type { AccountKey } from '../domain/events/billing-event.ts';
import { makeFinding } from '../domain/finding/finding.ts';
import { wholeAccount } from '../domain/finding/whole-account.ts';
import { isOverdue } from '../domain/record/is-overdue.ts';
import type { RenewalDue } from '../domain/record/renewals-due.ts';
import { hourSec } from '../domain/time.ts';
import type { RecordStore } from '../store/record/record-store.ts';
import type { RenewalCalendar } from '../store/renewal/renewal-calendar.ts';
import { loadRenewals } from './load-renewals.ts';

export interface RenewalSweep {
  readonly calendar: Pick<RenewalCalendar, 'dueBetween'>;
  readonly store: Pick<RecordStore, 'load'>;
  readonly detector: RenewalDetector;
  /** Ids of detectors that the operator has switched off. */
  readonly off: readonly string[];
}

/** Hours of an outage that a sweep catches up on: it judges all renewals due in them. */
const catchUpHours = 7 * 24;

/** Most renewals read on either side of an hour in which some were missed. */
const maxNeighbours = 500;

/**
 * Judges the renewals that were due `graceHours` ago and are not judged yet: it reads something once an hour. Missed
 * renewals are reported one by one. Where many share one fate, they are one finding for the whole account, and stay one
 * while it lasts.
 * @param state after `sweepAccount`: it has the hours in which nothing came
 * @returns the state with what was found added, and with how far was looked
 */
export async function sweepRenewals(
  key: AccountKey,
  state: AccountState,
  nowSec: number,
  sweep: RenewalSweep,
): Promise<AccountState> {
  const until = hourOf(nowSec) - sweep.detector.graceHours;
  if (sweep.off.includes(sweep.detector.id)) return { ...state, renewalsLookedUntil: until };
  let after = state;
  for (let hour = Math.max(state.renewalsLookedUntil, until - catchUpHours); hour < until; hour += 1) {
    after = await sweepHour(key, after, nowSec, hour, sweep);
  }
  return after;
}

async function sweepHour(
  key: AccountKey,
  state: AccountState,
  nowSec: number,
  hour: number,
  { calendar, store, detector, off }: RenewalSweep,
): Promise<AccountState> {
  const looked = { ...state, renewalsLookedUntil: hour + 1 };
  const due = await loadRenewals(key, await calendar.dueBetween(key, hour, hour), store);
  if (!due.some(isOverdue)) return looked;

  const around = await calendar.dueBetween(
    key,
    hour - detector.neighbourHours,
    hour + detector.neighbourHours,
  );
  const neighbours = await loadRenewals(key, nearest(around, hour), store);
  const { alone, together } = detector.judge(hour, neighbours, pastOf(state, nowSec));
  const findings = alone.map(({ due: { customer, subscription }, judgement }) => {
    const foundIn = { ...wholeAccount(subscription, nowSec), customer, objectLabel: 'Subscription' };
    return makeFinding(detector, judgement, { ...key, ...foundIn });
  });
  if (together === undefined) return { ...looked, findings: [...state.findings, ...findings] };

  const { sinceSec, page, foundAs: itsName, ...judgement } = together;
  const foundAs = off.includes(itsName.id) ? detector : itsName;
  const { episodes, about, isNew } = withEpisode(state.episodes, foundAs, sinceSec, hour * hourSec);
  const ofAll = makeFinding(foundAs, { ...judgement, about }, { ...key, ...wholeAccount(page, nowSec) });
  return { ...looked, episodes, findings: [...state.findings, ...findings, ...(isNew ? [ofAll] : [])] };
}

/** The renewals of one hour, and the nearest on either side. */
function nearest(dues: readonly RenewalDue[], hour: number): readonly RenewalDue[] {
  const first = dues.findIndex(({ dueSec }) => hourOf(dueSec) >= hour);
  const last = dues.findLastIndex(({ dueSec }) => hourOf(dueSec) <= hour);
  return dues.slice(Math.max(0, first - maxNeighbours), last + 1 + maxNeighbours);
}

function pastOf(state: AccountState, nowSec: number): AccountPast {
  const firstHour = firstKnownHour(state.hours, hourOf(nowSec));
  return { ...state, nowSec, firstHour, fresh: [], overdueInSilence: [] };
}
