import type { CustomerKey } from '../../domain/events/billing-event.ts';
import type { CustomerRecord, PartName } from '../../domain/record/customer-record.ts';

/** Whose record it is: a guest that nobody can name has none. */
export interface RecordKey extends CustomerKey {
  readonly customer: string;
}

export interface LoadedRecord {
  readonly record: CustomerRecord;
  /** Of each part when it was read; 0 when there was none. */
  readonly versions: Readonly<Record<PartName, number>>;
}

/**
 * Keeps customers' records. What every adapter promises (test/contract runs it on each):
 * - `load` sees every `save` that has ended;
 * - of two saves of one part from the same load, one is refused;
 * - a part that did not change is not written.
 */
export interface RecordStore {
  load(key: RecordKey): Promise<LoadedRecord>;
  /** @throws {RecordConflictError} somebody wrote a part since it was loaded */
  save(key: RecordKey, loaded: LoadedRecord, after: CustomerRecord): Promise<void>;
}

/** Load the record again and do the work anew: the events already in it will be repeats. */
export class RecordConflictError extends Error {
  constructor() {
    super(
      'The customer record was written by somebody else since it was read. It is read again and retried.',
    );
    this.name = 'RecordConflictError';
  }
}
