import type { AccountKey } from '../domain/events/billing-event.ts';
import type { AlertStore, MailedNote, MailingLease, RefusedReader } from '../store/alert/alert-store.ts';

/**
 * Does work that only one worker may do at a time for an account; does nothing when another holds the lease.
 * @param work receives the lease, and adds the emails that it sends and the readers that are refused now: they are kept
 *     even if it throws
 */
export async function withLease(
  key: AccountKey,
  { store, nowSec }: { readonly store: AlertStore; readonly nowSec: () => number },
  work: (lease: MailingLease, mailed: MailedNote[], refused: RefusedReader[]) => Promise<void>,
): Promise<void> {
  const lease = await store.acquireLease(key, nowSec());
  if (lease === 'held') return; // its holder, or the next run, does the work
  const mailed: MailedNote[] = [];
  const refused: RefusedReader[] = [];
  try {
    await work(lease, mailed, refused);
  } finally {
    await store.releaseLease(lease, mailed, refused);
  }
}
