import { hourSec } from '../../domain/time.ts';
import type { RefusedReader } from '../../store/alert/alert-store.ts';

/** Readers that the receiver refuses: no other reader waits for them, and each is tried once an hour. */
export interface ReaderHolds {
  isHeld(reader: string): boolean;
  refuse(reader: string, code: string): void;
  take(reader: string): void;
  /** As they are after the run. */
  list(): readonly RefusedReader[];
}

/** @param isRetry a person asks for all that is held to be tried at once */
export function readerHolds(
  before: readonly RefusedReader[],
  nowSec: () => number,
  isRetry: boolean,
): ReaderHolds {
  const refused = new Map(before.map((one) => [one.reader, isRetry ? { ...one, retryAtSec: 0 } : one]));
  return {
    isHeld: (reader) => (refused.get(reader)?.retryAtSec ?? 0) > nowSec(),
    refuse(reader, code) {
      const sinceSec = refused.get(reader)?.sinceSec ?? nowSec();
      refused.set(reader, { reader, code, sinceSec, retryAtSec: nowSec() + hourSec });
    },
    take: (reader) => void refused.delete(reader),
    list: () => [...refused.values()],
  };
}
