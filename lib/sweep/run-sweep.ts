import type { AccountDetector } from '../detectors/define-account.ts';
import type { AccountFact } from '../domain/account/account-facts-of.ts';
import type { AccountKey } from '../domain/events/billing-event.ts';
import type { Finding } from '../domain/finding/finding.ts';
import { type AccountStore, StateConflictError } from '../store/account/account-store.ts';
import { hoursToRead, sweepAccount } from './sweep.ts';
import { type RenewalSweep, sweepRenewals } from './sweep-renewals.ts';
import { overdueInSilences } from './sweep-silences.ts';

const everySec = 300;

/** Number of hours read concurrently: a busy one has some hundred thousand facts. */
const readsAtOnce = 8;

export interface Sweep {
  readonly store: AccountStore;
  readonly detectors: readonly AccountDetector[];
  readonly renewals: RenewalSweep;
  /** Resolves once the findings are stored durably. */
  readonly sendFindings: (findings: readonly Finding[]) => Promise<void>;
}

/**
 * Thrown when some accounts could not be swept; the others were. The next sweep, in five minutes, tries all of them.
 */
export class SweepError extends AggregateError {
  constructor(errors: readonly unknown[]) {
    super(errors, `${errors.length} accounts could not be swept; the next sweep looks at them again.`);
    this.name = 'SweepError';
  }
}

/**
 * Sweeps every account once, one after another; a failure does not hide the next account. Each run starts with another
 * account, so that none is always left out where there are more than a sweep has time for.
 * @throws {SweepError} some failed, the rest is done
 */
export async function runSweep(nowSec: number, sweep: Sweep): Promise<void> {
  const errors: unknown[] = [];
  const keys = await sweep.store.accounts();
  const first = Math.floor(nowSec / everySec) % Math.max(1, keys.length);
  for (const key of [...keys.slice(first), ...keys.slice(0, first)]) {
    try {
      await sweepOne(key, nowSec, sweep);
    } catch (error) {
      if (!(error instanceof StateConflictError)) errors.push(error);
    }
  }
  if (errors.length > 0) throw new SweepError(errors);
}

/**
 * Sweeps one account. Findings are saved with the state and sent after it. After a crash between the two, the next
 * sweep sends them, and the alert Lambda drops repeats.
 */
async function sweepOne(
  key: AccountKey,
  nowSec: number,
  { store, detectors, renewals, sendFindings }: Sweep,
) {
  const loaded = await store.loadState(key);
  if (loaded.state.findings.length > 0) await sendFindings(loaded.state.findings);
  const read = await readHours(key, hoursToRead(loaded.state, nowSec), store);
  const overdue = await overdueInSilences(key, loaded.state, read, nowSec, renewals);
  const counted = sweepAccount(key, loaded.state, read, nowSec, detectors, overdue, renewals.off);
  const after = await sweepRenewals(key, counted, nowSec, renewals);
  await store.saveState(key, loaded, after);
  if (after.findings.length > 0) await sendFindings(after.findings);
}

async function readHours(
  key: AccountKey,
  { from, to }: ReturnType<typeof hoursToRead>,
  store: AccountStore,
): Promise<ReadonlyMap<number, readonly AccountFact[]>> {
  const read = new Map<number, readonly AccountFact[]>();
  for (let hour = from; hour <= to; hour += readsAtOnce) {
    const some = Array.from({ length: Math.min(readsAtOnce, to - hour + 1) }, (_, index) => hour + index);
    const seen = await Promise.all(some.map((one) => store.factsIn(key, one)));
    for (const [index, one] of some.entries()) read.set(one, seen[index]?.filter(isForSweep) ?? []);
  }
  return read;
}

/** Leaves out facts of single events and objects, half of all: they are for reconcile. */
function isForSweep({ counter }: AccountFact): boolean {
  return counter !== 'event' && counter !== 'object';
}
