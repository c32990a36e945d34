type Rounding = 'halfExpand' | 'floor' | 'ceil';

const formatters = new Map<Rounding, readonly [whole: Intl.NumberFormat, fiveDigits: Intl.NumberFormat]>(
  (['halfExpand', 'floor', 'ceil'] as const).map((roundingMode) => [
    roundingMode,
    [
      new Intl.NumberFormat('en-US', { maximumFractionDigits: 0, roundingMode }),
      new Intl.NumberFormat('en-US', { maximumSignificantDigits: 5, roundingMode }),
    ],
  ]),
);

/**
 * A whole number exactly, a large one to the next whole, a fraction to five digits.
 * @param rounding down or up where the words must not promise more than the number
 * @example quantityWords(12.345678) // '12.346'
 */
export function quantityWords(value: number, rounding: Rounding = 'halfExpand'): string {
  const [whole, fiveDigits] = formatters.get(rounding) ?? [];
  const isWhole = Number.isInteger(value) || Math.abs(value) >= 10_000;
  return (isWhole ? whole : fiveDigits)?.format(value) ?? String(value);
}
