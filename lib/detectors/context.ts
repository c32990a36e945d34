import { type Calibration, noCalibration } from '../domain/account/calibration.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** What a detector may know beside the event and the customer's record. It moves thresholds, never records. */
export interface Context {
  readonly calibration: Calibration;
  readonly settings: Settings;
}

/** Of an account that was not swept yet, without anybody's wishes. */
export const plainContext: Context = { calibration: noCalibration, settings: defaultSettings };
