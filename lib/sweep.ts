import type { AccountDetector } from './detectors/define-account.ts';
import { type AccountPast, freshHours, keptHours } from './domain/account-past.ts';
import { type Finding, makeFinding } from './domain/finding.ts';
import { countHour, type HourCounts, hourOf } from './domain/hour-counts.ts';
import type { Sighting } from './domain/sightings-of.ts';

/** Whose counts these are. */
export interface AccountKey {
  readonly account: string;
  readonly livemode: boolean;
}

/** What the sweep keeps of an account from one time to the next. */
export interface AccountState {
  /** Of the last sweep; 0 before the first. */
  readonly sweptAtSec: number;
  /** By `hourOf`, of the last `keptHours`. */
  readonly hours: ReadonlyMap<number, HourCounts>;
  /** By detector: what goes on, so that one condition is one finding however long it lasts. */
  readonly episodes: ReadonlyMap<string, Episode>;
}

export interface Episode {
  /** The finding's `about`. */
  readonly about: string;
  readonly lastSec: number;
}

export const emptyAccountState: AccountState = { sweptAtSec: 0, hours: new Map(), episodes: new Map() };

/** Stripe tries for three days to deliver an event; so long an hour can still change. */
const openHours = 74;

/**
 * The hours to read for a sweep, the first and the last: every five minutes those that change by the minute, and in
 * the first sweep of an hour all those that late deliveries can still change.
 */
export function hoursToRead({ sweptAtSec }: Pick<AccountState, 'sweptAtSec'>, nowSec: number) {
  const to = hourOf(nowSec);
  const count = hourOf(sweptAtSec) === to ? freshHours : openHours;
  return { from: to - count + 1, to };
}

/**
 * One look at a whole account: counts the hours that were read anew, asks each detector, and names what each found
 * after the beginning of its episode. Pure. A finding is given in every sweep of its episode, always under the same
 * id: the state is kept before findings are sent, so that a crash between the two loses nothing.
 *
 * @param read the sightings of each hour from `hoursToRead`; an hour that is missing had none
 */
export function sweepAccount(
  key: AccountKey,
  state: AccountState,
  read: ReadonlyMap<number, readonly Sighting[]>,
  nowSec: number,
  detectors: readonly AccountDetector[],
): { readonly state: AccountState; readonly findings: readonly Finding[] } {
  const now = hourOf(nowSec);
  const hours = new Map(state.hours);
  for (const [hour, sightings] of read) hours.set(hour, countHour(sightings));
  let firstHour = now;
  for (const hour of hours.keys()) {
    if (hour <= now - keptHours) hours.delete(hour);
    else if (hour < firstHour) firstHour = hour;
  }
  const fresh = [...read].flatMap(([hour, sightings]) => (hour > now - freshHours ? sightings : []));
  const past: AccountPast = { nowSec, hours, firstHour, fresh };
  const episodes = new Map(state.episodes);
  const findings = detectors.flatMap((detector): readonly Finding[] => {
    const judgement = detector.judge(past);
    const open = episodes.get(detector.id);
    const isOver = open === undefined || nowSec - open.lastSec > detector.overAfterHours * 3600;
    if (judgement === undefined) {
      if (isOver) episodes.delete(detector.id);
      return [];
    }
    const { sinceSec, page, ...rest } = judgement;
    const about = isOver ? new Date(sinceSec * 1000).toISOString() : open.about;
    episodes.set(detector.id, { about, lastSec: nowSec });
    const foundIn = {
      ...key,
      customer: null,
      customerName: null,
      eventId: null,
      object: page,
      objectLabel: 'The whole account',
      atSec: nowSec,
      receivedAtSec: nowSec,
    };
    return [makeFinding(detector, { ...rest, about }, foundIn)];
  });
  return { state: { sweptAtSec: nowSec, hours, episodes }, findings };
}
