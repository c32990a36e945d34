import type { AccountKey, BillingEvent } from './domain/billing-event.ts';
import { sightingsOf } from './domain/sightings-of.ts';
import type { AccountStore } from './store/account-store.ts';

/**
 * Adds what these events say of their accounts to the counts of the sweep: one write an account and hour. Counts are
 * sets, so that events may be counted again, and need not have been judged.
 */
export async function countSightings(
  events: readonly BillingEvent[],
  store: Pick<AccountStore, 'addSightings'>,
): Promise<void> {
  const accounts = Map.groupBy(events, ({ account, livemode }) => `${account} ${livemode}`);
  const writes = [...accounts.values()].map((some) => {
    const [{ account, livemode }] = some as [AccountKey, ...BillingEvent[]];
    return store.addSightings({ account, livemode }, some.flatMap(sightingsOf));
  });
  await Promise.all(writes);
}
