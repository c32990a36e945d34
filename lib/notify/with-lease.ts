import type { AccountKey } from '../domain/events/billing-event.ts';
import type { AlertStore, MailedNote } from '../store/alert/alert-store.ts';

/**
 * Does work that only one worker may do at a time for an account; does nothing when another holds the lease.
 * @param work receives the emails of the last day, and adds those that it sends: they are kept even if it throws
 */
export async function withLease(
  key: AccountKey,
  { store, nowSec }: { readonly store: AlertStore; readonly nowSec: () => number },
  work: (before: readonly MailedNote[], mailed: MailedNote[]) => Promise<void>,
): Promise<void> {
  const lease = await store.acquireLease(key, nowSec());
  if (lease === 'held') return; // its holder, or the next run, does the work
  const mailed: MailedNote[] = [];
  try {
    await work(lease.mailed, mailed);
  } finally {
    await store.releaseLease(lease, mailed);
  }
}
