import type { AccountFact } from '../../domain/account/account-facts-of.ts';
import type { AccountState } from '../../domain/account/account-state.ts';
import type { Calibration } from '../../domain/account/calibration.ts';
import type { AccountKey } from '../../domain/events/billing-event.ts';

export interface LoadedState {
  readonly state: AccountState;
  /** When it was read; 0 when there was none. */
  readonly version: number;
  /** Where it lies, when it is too large for one place: the store's own business. */
  readonly pieces?: readonly string[];
}

/**
 * Keeps what whole accounts did, and what the sweep made of it. What every adapter promises (test/contract runs it
 * on each):
 * - facts are a set: added again, in any order and in any company, they are read once;
 * - an account is listed once anything of it was added;
 * - a state may be of any size: hours of trade in every currency there is are some megabytes;
 * - of two saves of a state from the same load, one is refused;
 * - a calibration is that of the last state that was saved, or soon is: it moves thresholds by little.
 */
export interface AccountStore {
  addAccountFacts(key: AccountKey, facts: readonly AccountFact[]): Promise<void>;
  /** What was seen to happen in an hour (see `hourOf`), each fact at least once. */
  factsIn(key: AccountKey, hour: number): Promise<readonly AccountFact[]>;
  accounts(): Promise<readonly AccountKey[]>;
  /** @throws {StateConflictError} another sweep wrote it while it was read */
  loadState(key: AccountKey): Promise<LoadedState>;
  /** @throws {StateConflictError} another sweep wrote it since it was loaded */
  saveState(key: AccountKey, loaded: LoadedState, after: AccountState): Promise<void>;
  /** The calibration of a state that was saved, by itself, as every detector reads it. */
  loadCalibration(key: AccountKey): Promise<Calibration>;
}

/** Two sweeps looked at one account at once: the other one's look counts, this one's is dropped. */
export class StateConflictError extends Error {
  constructor() {
    super('Another sweep of this account was quicker. Its look counts; this one is dropped.');
    this.name = 'StateConflictError';
  }
}
