/** An exact decimal: `units / 10^scale`. For quantities, unit prices and rates, which no double holds. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const shape = /^-?\d+(\.\d+)?$/;

/** @example parseDecimal('14.561') // { units: 14561n, scale: 3 } */
export function parseDecimal(text: string): Decimal | null {
  if (!shape.test(text)) return null;
  const [whole = '', fraction = ''] = text.split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

/** An integer number of minor units, a count. */
export function wholeDecimal(integer: number): Decimal {
  return { units: BigInt(integer), scale: 0 };
}

export function times(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

export function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale };
}

/**
 * a / b, rounded to an integer, halves away from zero; null when b is zero or the result exceeds what a number
 * holds exactly.
 * @example roundedQuotient(wholeDecimal(5), wholeDecimal(2)) // 3
 */
export function roundedQuotient(a: Decimal, b: Decimal = wholeDecimal(1)): number | null {
  const scale = Math.max(a.scale, b.scale);
  const dividend = unitsAt(a, scale);
  const divisor = unitsAt(b, scale);
  if (divisor === 0n) return null;
  const sign = dividend < 0n === divisor < 0n ? 1n : -1n;
  const quotient = Number(sign * ((2n * size(dividend) + size(divisor)) / (2n * size(divisor))));
  return Number.isSafeInteger(quotient) ? quotient : null;
}

/** Nearly all prices and quantities: of these a double holds the product of the digits, or says that it can't. */
const plainShape = /^\d{1,15}(\.\d{1,6})?$/;

/**
 * a x b as `roundedQuotient` has it; null when one is no decimal.
 * @example roundedProduct('3', '0.5') // 2
 */
export function roundedProduct(a: string, b: string): number | null {
  if (plainShape.test(a) && plainShape.test(b)) {
    const units = Number(a.replace('.', '')) * Number(b.replace('.', ''));
    if (Number.isSafeInteger(units)) {
      const whole = 10 ** (placesOf(a) + placesOf(b));
      const rest = units % whole;
      return (units - rest) / whole + (2 * rest < whole ? 0 : 1);
    }
  }
  const [x, y] = [parseDecimal(a), parseDecimal(b)];
  return x && y && roundedQuotient(times(x, y));
}

/** @example placesOf('14.561') // 3 */
function placesOf(text: string): number {
  const point = text.indexOf('.');
  return point === -1 ? 0 : text.length - 1 - point;
}

function size(units: bigint): bigint {
  return units < 0n ? -units : units;
}

function unitsAt(decimal: Decimal, scale: number): bigint {
  return decimal.units * 10n ** BigInt(scale - decimal.scale);
}
