import type { Calibration } from '../domain/account/calibration.ts';
import type { AccountKey } from '../domain/events/billing-event.ts';
import type { AccountStore } from '../store/account/account-store.ts';

/**
 * How long a calibration is cached. The sweep updates it once an hour; until then the detector judges by the one
 * before.
 */
const freshMs = 5 * 60_000;

/** Reads each account's calibration, at most once in five minutes: most events cost no read of it. */
export function calibrations(
  accounts: Pick<AccountStore, 'loadCalibration'>,
  nowMs: () => number = Date.now,
): (key: AccountKey) => Promise<Calibration> {
  const known = new Map<string, { readonly atMs: number; readonly calibration: Promise<Calibration> }>();
  return (key) => {
    const name = `${key.account} ${key.livemode}`;
    const last = known.get(name);
    if (last !== undefined && nowMs() < last.atMs + freshMs) return last.calibration;
    const calibration = accounts.loadCalibration(key);
    known.set(name, { atMs: nowMs(), calibration });
    calibration.catch(() => known.delete(name)); // the next event reads it again
    return calibration;
  };
}
