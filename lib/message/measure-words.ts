import type { Measure } from '../domain/finding/finding.ts';
import { formatMoney } from '../domain/money/money.ts';
import { quantityWords } from '../domain/money/quantity-words.ts';

/**
 * A value in words, a negative amount as a credit. Money is whole minor units.
 * @param rounding of quantities: see `quantityWords`
 * @example measureWords(-4105, { kind: 'money', currency: 'usd', what: 'invoice' }) // '$41.05 credit'
 * @example measureWords(48210, { kind: 'quantity', unit: 'API calls', what: 'usage' }) // '48,210 API calls'
 */
export function measureWords(value: number, measure: Measure, rounding?: 'floor' | 'ceil'): string {
  if (measure.kind === 'quantity') return `${quantityWords(value, rounding)} ${measure.unit}`.trim();
  const amount = formatMoney(Math.abs(Math.round(value)), measure.currency);
  return value < 0 ? `${amount} credit` : amount;
}

/** A signed amount of money: a step in a sum, not a credit. `signedMoney(-41000, 'usd')` is '−$410.00'. */
export function signedMoney(amountMinor: number, currency: string): string {
  return `${amountMinor < 0 ? '−' : ''}${formatMoney(Math.abs(amountMinor), currency)}`;
}
