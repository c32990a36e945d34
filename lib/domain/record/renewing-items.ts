import { objectHash } from '../events/object-hash.ts';
import type { CustomerRecord } from './customer-record.ts';
import type { RenewalDue } from './renewals-due.ts';
import type { Observation } from './series.ts';
import { renewalCurrency, seriesKey } from './series-key.ts';

/** Money by the price list: what seats times their unit price come to. */
export interface Worth {
  readonly currency: string;
  readonly amountMinor: number;
}

const renewsKey = seriesKey.item('', 'renews');

/**
 * The items of a subscription that are still due to renew at that time, as its newest event has them: items that were
 * taken off since are no longer its items.
 * For example, `renewingItems({ subscription: 'sub_1', customer: 'cus_acme', dueSec }, record)` is ['si_1'].
 */
export function renewingItems(
  { subscription, dueSec }: RenewalDue,
  { subscriptions }: CustomerRecord,
): readonly string[] {
  const hash = objectHash(subscription);
  const items = [...subscriptions].flatMap(([key, series]): readonly (readonly [string, Observation])[] => {
    const last = series.at(-1);
    if (last === undefined || last.hash !== hash || !key.endsWith(renewsKey)) return [];
    return [[key.slice(0, -renewsKey.length), last]];
  });
  const newest = Math.max(...items.map(([, { revision }]) => revision));
  return items
    .filter(([, { revision, value }]) => revision === newest && value === dueSec)
    .map(([item]) => item);
}

/**
 * What these items come to, before taxes and discounts; undefined for usage, tiers, prices whose amount in the
 * subscription's currency is in no event, and currencies that this customer is not billed in.
 * For example, `itemsWorth(['si_1'], record)` is { currency: 'usd', amountMinor: 41000 }.
 */
export function itemsWorth(items: readonly string[], record: CustomerRecord): Worth | undefined {
  const worths = items.map((item) => itemWorth(item, record));
  const [first] = worths;
  if (first === undefined || worths.some((worth) => worth?.currency !== first.currency)) return undefined;
  const amountMinor = worths.reduce((sum, worth) => sum + (worth?.amountMinor ?? 0), 0);
  return Number.isSafeInteger(amountMinor) ? { currency: first.currency, amountMinor } : undefined;
}

function itemWorth(item: string, { subscriptions, invoices }: CustomerRecord): Worth | undefined {
  const latest = (key: string) => subscriptions.get(key)?.at(-1)?.value;
  const price = subscriptions.get(seriesKey.item(item, 'price'))?.at(-1);
  const unit = subscriptions.get(seriesKey.item(item, 'unit'))?.at(-1);
  const quantity = latest(seriesKey.item(item, 'quantity'));
  if (price === undefined || quantity === undefined) return undefined;
  if (unit?.revision !== price.revision) return undefined; // it was of the price before
  for (const currency of [...invoices.keys()].flatMap((key) => renewalCurrency(key) ?? [])) {
    const unitMinor = latest(seriesKey.unit(price.value, currency));
    if (unitMinor !== undefined) return { currency, amountMinor: unitMinor * quantity };
  }
  return undefined;
}
