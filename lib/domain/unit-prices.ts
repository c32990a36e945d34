import type { CustomerRecord } from './customer-record.ts';
import { seriesKey } from './series-key.ts';

/** A licensed price that this customer has, or had. */
export interface UnitPrice {
  /** `objectHash` of the price. */
  readonly price: number;
  readonly unitMinor: number;
  /** Of the newest event that named it, Unix seconds. */
  readonly toldAtSec: number;
}

const before = seriesKey.unit(0, '').slice(0, -2); // 'unit:'

/** The licensed prices that subscriptions have told in a currency. */
export function unitPrices({ subscriptions }: CustomerRecord, currency: string): readonly UnitPrice[] {
  const prices: UnitPrice[] = [];
  for (const [key, series] of subscriptions) {
    const last = series.at(-1);
    if (last === undefined || !key.startsWith(before) || !key.endsWith(currency)) continue;
    const price = Number(key.slice(before.length, -currency.length - 1));
    prices.push({ price, unitMinor: last.value, toldAtSec: last.atSec + Math.floor(last.revision / 2) });
  }
  return prices;
}
