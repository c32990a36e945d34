const wholeNumbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const fiveDigits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 5 });

/** A whole or large number exactly, a fraction to five digits. @example quantityWords(12.345678) // '12.346' */
export function quantityWords(value: number): string {
  const isWhole = Number.isInteger(value) || Math.abs(value) >= 10_000;
  return (isWhole ? wholeNumbers : fiveDigits).format(value);
}
