import type { AccountKey } from './domain/billing-event.ts';
import type { RenewalLook } from './domain/is-overdue.ts';
import type { RenewalDue } from './domain/renewals-due.ts';
import type { RecordStore } from './store/record-store.ts';

/** Records read side by side. */
const readsAtOnce = 16;

/** Each renewal with its customer's record as it is now. */
export async function lookAtRenewals(
  key: AccountKey,
  dues: readonly RenewalDue[],
  store: Pick<RecordStore, 'load'>,
): Promise<readonly RenewalLook[]> {
  const looks: RenewalLook[] = [];
  for (let start = 0; start < dues.length; start += readsAtOnce) {
    const some = dues.slice(start, start + readsAtOnce).map(async (due) => {
      const { record } = await store.load({ ...key, customer: due.customer });
      return { due, record };
    });
    looks.push(...(await Promise.all(some)));
  }
  return looks;
}
