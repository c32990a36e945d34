import { calibrate, withCurrentShift } from '../detectors/baseline/calibrate.ts';
import type { AccountDetector } from '../detectors/define-account.ts';
import type { AccountFact } from '../domain/account/account-facts-of.ts';
import { type AccountPast, freshHours } from '../domain/account/account-past.ts';
import type { AccountState } from '../domain/account/account-state.ts';
import { withEpisode } from '../domain/account/episodes.ts';
import { countHour, hourOf } from '../domain/account/hour-counts.ts';
import { firstKnownHour, withRecountedHours } from '../domain/account/hourly-counts.ts';
import type { OverdueInSilence } from '../domain/account/overdue-in-silence.ts';
import { learnAdopters } from '../domain/account/price-adoption.ts';
import { sampleScores } from '../domain/account/score-sample.ts';
import type { AccountKey } from '../domain/events/billing-event.ts';
import { type Finding, makeFinding } from '../domain/finding/finding.ts';
import { wholeAccount } from '../domain/finding/whole-account.ts';
import { daySec, hourSec } from '../domain/time.ts';

/** Hours that can still change: Stripe retries a webhook for three days. */
const openHours = 74;

/**
 * The first and last hour to read for a sweep. Every five minutes: the hours that change by the minute. In the first
 * sweep of an hour: all hours that late deliveries can still change.
 */
export function hoursToRead({ sweptAtSec }: Pick<AccountState, 'sweptAtSec'>, nowSec: number) {
  const to = hourOf(nowSec);
  const count = hourOf(sweptAtSec) === to ? freshHours : openHours;
  return { from: to - count + 1, to };
}

/**
 * Judges a whole account once: counts the hours that were read again, runs each detector, and names each finding after
 * the start of its episode. An episode is found once, however long it lasts. Pure.
 * @param read the facts of each hour from `hoursToRead`; an hour that is missing had none
 * @param overdueInSilence from `overdueInSilences`
 * @param off ids of detectors that judge and are not heard: what is expected depends on their episodes
 */
export function sweepAccount(
  key: AccountKey,
  state: AccountState,
  read: ReadonlyMap<number, readonly AccountFact[]>,
  nowSec: number,
  detectors: readonly AccountDetector[],
  overdueInSilence: readonly OverdueInSilence[] = [],
  off: readonly string[] = [],
): AccountState {
  const now = hourOf(nowSec);
  const counted = new Map([...read].map(([hour, facts]) => [hour, countHour(facts)]));
  const hours = withRecountedHours(state.hours, counted, now);
  const listeningSinceSec = state.listeningSinceSec === 0 ? nowSec : state.listeningSinceSec;
  const past: AccountPast = {
    nowSec,
    listeningSinceSec,
    hours,
    episodes: state.episodes,
    overdueInSilence,
    firstHour: firstKnownHour(hours, now),
    fresh: [...read].flatMap(([hour, facts]) => (hour > now - freshHours ? facts : [])),
  };
  const isNewHour = hourOf(state.sweptAtSec) !== now;
  const asked = detectors.filter(({ hourly }) => isNewHour || !hourly);
  let { episodes } = state;
  const findings = asked.flatMap((detector): readonly Finding[] => {
    const judgement = detector.judge(past);
    if (judgement === undefined) return [];
    const { sinceSec, page, ...rest } = judgement;
    const { about, isNew, ...after } = withEpisode(episodes, detector, sinceSec, nowSec);
    episodes = after.episodes;
    return isNew && !off.includes(detector.id)
      ? [makeFinding(detector, { ...rest, about }, { ...key, ...wholeAccount(page, nowSec) })]
      : [];
  });
  const learned = learnedAt(nowSec, state, read);
  return { ...state, listeningSinceSec, sweptAtSec: nowSec, hours, ...learned, episodes, findings };
}

/**
 * Calibrates once a day. The common shift, which comes and goes within hours, is updated once an hour, by the sweep
 * that reads every hour that can have changed.
 */
function learnedAt(
  nowSec: number,
  { sweptAtSec, scores, prices, calibration }: AccountState,
  read: ReadonlyMap<number, readonly AccountFact[]>,
): Pick<AccountState, 'scores' | 'prices' | 'calibration'> {
  const isSame = (seconds: number) => Math.floor(nowSec / seconds) === Math.floor(sweptAtSec / seconds);
  if (isSame(hourSec)) return { scores, prices, calibration };
  const facts = [...read.values()].flat();
  const sample = sampleScores(scores, facts, nowSec);
  const adopters = learnAdopters(prices, facts);
  return {
    scores: sample,
    prices: adopters,
    calibration: isSame(daySec)
      ? withCurrentShift(calibration, sample, nowSec)
      : calibrate(sample, nowSec, adopters),
  };
}
