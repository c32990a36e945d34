import type { Finding } from '../finding/finding.ts';
import { type Calibration, noCalibration } from './calibration.ts';
import type { Episodes } from './episodes.ts';
import { type HourlyCounts, noHours } from './hourly-counts.ts';
import type { PriceAdopters } from './price-adoption.ts';
import type { ScoreSample } from './score-sample.ts';

/** What the sweep keeps of an account from one time to the next. */
export interface AccountState {
  /** The time of the first sweep: nothing was listening before, so nothing was late. 0 before it. */
  readonly listeningSinceSec: number;
  /** The time of the last sweep; 0 before the first. */
  readonly sweptAtSec: number;
  readonly hours: HourlyCounts;
  /** What the calibration is made of. */
  readonly scores: ScoreSample;
  /** Who pays each price. */
  readonly prices: PriceAdopters;
  /** What detectors know of the account until the next sweep. */
  readonly calibration: Calibration;
  /** What continues and what continued, so that one condition is one finding however long it lasts. */
  readonly episodes: Episodes;
  /** The hour (`hourOf`) before which all due renewals have been looked at; 0 before the first look. */
  readonly renewalsLookedUntil: number;
  /** What the last sweep found. It is sent once more by the next one, in case that one died before it was sent. */
  readonly findings: readonly Finding[];
}

export const emptyAccountState: AccountState = {
  listeningSinceSec: 0,
  sweptAtSec: 0,
  hours: noHours,
  scores: new Map(),
  prices: new Map(),
  calibration: noCalibration,
  episodes: new Map(),
  renewalsLookedUntil: 0,
  findings: [],
};
