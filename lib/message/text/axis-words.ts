import type { Measure } from '../../domain/finding/finding.ts';
import { toDecimalString } from '../../domain/money/money.ts';

const million = 1_000_000;

/**
 * Labels of round values on a chart's axis, all in one format: no cents that are zero, millions as M. Money is whole
 * minor units.
 * @example axisWords([0, 200_000], { kind: 'money', currency: 'usd', what: '' }) // ['$0', '$2,000']
 * @example axisWords([0, 5_000_000], { kind: 'money', currency: 'jpy', what: '' }) // ['¥0', '¥5M']
 */
export function axisWords(ticks: readonly number[], measure: Measure): readonly string[] {
  const numbers = ticks.map((tick) =>
    measure.kind === 'money' ? toDecimalString(tick, measure.currency) : String(tick),
  );
  const isLarge = numbers.some((number) => Math.abs(Number(number)) >= million);
  const format = new Intl.NumberFormat('en-US', {
    ...(measure.kind === 'money'
      ? { style: 'currency', currency: measure.currency.toUpperCase(), maximumFractionDigits: 3 }
      : { maximumSignificantDigits: 3 }),
    notation: isLarge ? 'compact' : 'standard',
    trailingZeroDisplay: 'stripIfInteger',
  });
  return numbers.map((number) => format.format(Number(number)).replace('-', '−'));
}
