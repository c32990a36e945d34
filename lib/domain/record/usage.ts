import type { Invoice, InvoiceLine } from '../events/billing-event.ts';
import { productName } from '../events/product-name.ts';
import { daySec, hourSec } from '../time.ts';
import { maxValue } from './series.ts';

/** One metered price on one invoice. */
export interface Usage {
  readonly price: string;
  /** What people call it, e.g. `API calls`. */
  readonly description: string;
  /** Sum over the price's tier lines. */
  readonly quantity: number;
  readonly days: number;
  /** Thousandths of a unit a day, an integer: what is remembered and compared. */
  readonly perDayMilli: number;
  /** What the lines of this price come to, before discounts and taxes. */
  readonly amountMinor: number;
  /** The most expensive unit among its tiers, in millionths of a minor unit. */
  readonly dearestMillionths: number;
}

/**
 * Metered quantities by price, per day of the billed period, so that a long month is no spike.
 * Empty when Stripe cut the list of lines: a part of the usage is not the usage.
 * For example, `usageByPrice(invoice)` is [{ price: 'price_1', quantity: 3100, days: 31, perDayMilli: 100000, ... }].
 */
export function usageByPrice(invoice: Invoice): readonly Usage[] {
  if (!invoice.linesComplete) return [];
  const metered = invoice.lines.filter(isUsage);
  if (metered.length === 0) return [];
  const byPrice = Map.groupBy(metered, (line) => line.price ?? '');
  return [...byPrice].flatMap(([price, lines]) => {
    const quantity = lines.reduce((sum, line) => sum + Number(line.quantity ?? Number.NaN), 0);
    const days = daysOf(lines);
    const perDayMilli = Math.round((quantity / days) * 1000);
    if (price === '' || !(perDayMilli >= 0 && perDayMilli <= maxValue)) return [];
    const amountMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0);
    return [
      {
        price,
        description: productName(lines[0]?.description) ?? price,
        quantity,
        days,
        perDayMilli,
        amountMinor,
        dearestMillionths: Math.min(maxValue, Math.max(0, ...lines.map(unitMillionths))),
      },
    ];
  });
}

function unitMillionths({ unitAmountMinor, amountMinor, quantity }: InvoiceLine): number {
  const unitMinor = Number(unitAmountMinor ?? amountMinor / Number(quantity));
  return Number.isFinite(unitMinor) ? Math.round(unitMinor * 1e6) : 0;
}

function isUsage(line: InvoiceLine): boolean {
  return line.metered && line.proration !== true;
}

function daysOf(lines: readonly InvoiceLine[]): number {
  const start = Math.min(...lines.map((line) => line.periodStartSec));
  const end = Math.max(...lines.map((line) => line.periodEndSec));
  return Math.max(end - start, hourSec) / daySec;
}
