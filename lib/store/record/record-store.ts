import type { CustomerKey } from '../../domain/events/billing-event.ts';
import type { CustomerRecord, PartName } from '../../domain/record/customer-record.ts';
import { InfrastructureError } from '../../infrastructure-error.ts';

/** The key of a record: a guest without a customer has none. */
export interface RecordKey extends CustomerKey {
  readonly customer: string;
}

export interface LoadedRecord {
  readonly record: CustomerRecord;
  /** The version of each part that was read; 0 when there was none. */
  readonly versions: Readonly<Record<PartName, number>>;
}

/**
 * Stores customers' records. Every adapter promises (test/contract runs it on each):
 * - `load` sees every `save` that has ended;
 * - of two saves of one part from the same load, one is refused;
 * - a part that did not change is not written.
 */
export interface RecordStore {
  load(key: RecordKey): Promise<LoadedRecord>;
  /** Saves the parts that changed. @throws {RecordConflictError} another worker wrote a part since it was loaded */
  save(key: RecordKey, loaded: LoadedRecord, after: CustomerRecord): Promise<void>;
}

/** Thrown on a conflict. Load the record again and redo the work: the events already in it are repeats. */
export class RecordConflictError extends InfrastructureError {
  constructor() {
    super(
      'The customer record was written by another worker since it was read. It is read again and retried.',
    );
    this.name = 'RecordConflictError';
  }
}
