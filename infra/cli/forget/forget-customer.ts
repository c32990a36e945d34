import { type AttributeValue, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import type { CustomerKey } from '../../../lib/domain/events/billing-event.ts';
import { accountName } from '../../../lib/store/account-name.ts';
import { alertIn } from '../../../lib/store/alert/dynamo-alert-items.ts';
import { batchWrite } from '../../../lib/store/dynamo-batches.ts';

type Item = Record<string, AttributeValue>;

/** Items of a customer, by what they are. */
export interface Forgotten {
  readonly items: ReadonlyMap<string, number>;
  /** Alerts that this release can't read: whether they are about the customer is not known. */
  readonly unreadable: number;
}

/**
 * Finds what the table holds of a customer and, unless `isDry`, deletes it: the record, the events of the last days, renewals that are due, alerts with
 * what points to them, and the answers to those. It reads the whole table, as alerts are not listed by customer.
 */
export async function forgetCustomer(
  client: DynamoDBClient,
  TableName: string,
  key: CustomerKey & { readonly customer: string },
  isDry: boolean,
): Promise<Forgotten> {
  const account = accountName(key);
  const own = new Map([
    [`customer#${account}#${key.customer}`, 'record'],
    [`recent#${account}#${key.customer}`, 'events of the last days'],
    [`answer#${account}#${key.customer}`, 'answers'],
  ]);
  const found: { readonly what: string; readonly item: Item }[] = [];
  const pointers: Item[] = [];
  const alertIds = new Set<string>();
  let unreadable = 0;

  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    for (const item of Items) {
      const pk = item.pk?.S ?? '';
      const what = own.get(pk);
      if (what !== undefined) found.push({ what, item });
      else if (pk.startsWith(`due#${account}#`) && item.c?.S === key.customer)
        found.push({ what: 'renewals', item });
      else if (pk === `outbox#${account}` || pk === `mailed#${account}`) pointers.push(item);
      else if (pk.startsWith(`alert#${account}#`)) {
        const finding = findingIn(item);
        if (finding === undefined) unreadable += 1;
        if (finding?.customer !== key.customer) continue;
        alertIds.add(finding.id);
        found.push({ what: 'alerts', item });
      }
    }
  }
  for (const item of pointers)
    if (alertIds.has(item.sk?.S?.split('#')[1] ?? '')) found.push({ what: 'pointers to alerts', item });
  if (!isDry)
    await batchWrite(
      client,
      TableName,
      found.map(({ item }) => ({ delete: item })),
    );
  const items = new Map<string, number>();
  for (const { what } of found) items.set(what, (items.get(what) ?? 0) + 1);
  return { items, unreadable };
}

function findingIn(item: Item) {
  try {
    return alertIn(item).finding;
  } catch {
    return undefined;
  }
}
