import type { AccountKey } from '../domain/events/billing-event.ts';
import type { AlertStore, MailedNote } from '../store/alert/alert-store.ts';

/**
 * Does work that only one may do at a time for an account; nothing when another has the turn.
 * @param work is given the emails of the last day, and adds those that it sends: they are kept even if it throws
 */
export async function withLease(
  key: AccountKey,
  { store, nowSec }: { readonly store: AlertStore; readonly nowSec: () => number },
  work: (before: readonly MailedNote[], mailed: MailedNote[]) => Promise<void>,
): Promise<void> {
  const turn = await store.takeTurn(key, nowSec());
  if (turn === 'held') return; // whoever has it, or the next, does what is to be done
  const mailed: MailedNote[] = [];
  try {
    await work(turn.mailed, mailed);
  } finally {
    await store.endTurn(turn, mailed);
  }
}
