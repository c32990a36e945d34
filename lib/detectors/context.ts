import { type Calibration, noCalibration } from '../domain/account/calibration.ts';
import { defaultSettings, type Settings } from './settings.ts';
import type { Trace } from './trace.ts';

/** What a detector may know besides the event and the customer's record. It moves thresholds, never records. */
export interface Context {
  readonly calibration: Calibration;
  readonly settings: Settings;
  /** Names of rules that are left out, to measure what each is worth. Never set in production. */
  readonly without?: ReadonlySet<string>;
  /** Takes down how findings come about, for `replay --explain`. Never set in production. */
  readonly trace?: Trace;
}

/** The context of an account that was not swept yet, with the default settings. */
export const plainContext: Context = { calibration: noCalibration, settings: defaultSettings };
