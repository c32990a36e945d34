import type { AccountKey } from '../domain/events/billing-event.ts';
import { emptyRecord } from '../domain/record/customer-record.ts';
import type { RenewalLook } from '../domain/record/is-overdue.ts';
import type { RenewalDue } from '../domain/record/renewals-due.ts';
import type { RecordStore } from '../store/record/record-store.ts';

/** Number of records read concurrently. */
const readsAtOnce = 16;

/** Loads each renewal with what its customer's record holds of invoices and subscriptions now. */
export async function loadRenewals(
  key: AccountKey,
  dues: readonly RenewalDue[],
  store: Pick<RecordStore, 'load'>,
): Promise<readonly RenewalLook[]> {
  const looks: RenewalLook[] = [];
  for (let start = 0; start < dues.length; start += readsAtOnce) {
    const some = dues.slice(start, start + readsAtOnce).map(async (due) => {
      const { record } = await store.load({ ...key, customer: due.customer });
      // Memory holds no more than this for a hundred thousand customers.
      return {
        due,
        record: { ...emptyRecord, invoices: record.invoices, subscriptions: record.subscriptions },
      };
    });
    looks.push(...(await Promise.all(some)));
  }
  return looks;
}
