import type { AccountFact } from '../../domain/account/account-facts-of.ts';
import type { AccountState } from '../../domain/account/account-state.ts';
import type { Calibration } from '../../domain/account/calibration.ts';
import type { AccountKey } from '../../domain/events/billing-event.ts';
import { InfrastructureError } from '../../infrastructure-error.ts';

export interface LoadedState {
  readonly state: AccountState;
  /** The version that was read; 0 when there was none. */
  readonly version: number;
  /** Its location when it is too large for one item: known to the store alone. */
  readonly pieces?: readonly string[];
}

/**
 * Stores what whole accounts did, and what the sweep made of it. Every adapter promises (test/contract runs it on
 * each):
 * - facts are a set: added again, in any order and in any batch, they are read once;
 * - an account is listed once a fact of it was added;
 * - a state may be of any size: hours of trade in every currency are some megabytes;
 * - of two saves of a state from the same load, one is refused;
 * - a calibration is that of the last saved state, or soon is: it moves thresholds by little.
 */
export interface AccountStore {
  addAccountFacts(key: AccountKey, facts: readonly AccountFact[]): Promise<void>;
  /** Reads the facts of an hour (see `hourOf`), each at least once. */
  factsIn(key: AccountKey, hour: number): Promise<readonly AccountFact[]>;
  accounts(): Promise<readonly AccountKey[]>;
  /** Loads the state. @throws {StateConflictError} another sweep wrote it while it was read */
  loadState(key: AccountKey): Promise<LoadedState>;
  /** Saves the state. @throws {StateConflictError} another sweep wrote it since it was loaded */
  saveState(key: AccountKey, loaded: LoadedState, after: AccountState): Promise<void>;
  /** Loads the calibration of a saved state by itself, as every detector reads it. */
  loadCalibration(key: AccountKey): Promise<Calibration>;
}

/** Thrown when two sweeps read one account at once: the other one counts, this one is dropped. */
export class StateConflictError extends InfrastructureError {
  constructor() {
    super('Another sweep of this account was quicker. Its look counts; this one is dropped.');
    this.name = 'StateConflictError';
  }
}
