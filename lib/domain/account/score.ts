/**
 * One amount (or one quantity of usage) next to what the customer's record held before it: all that the account's
 * calibration is made of. Logarithms are natural, of minor units or of thousandths of a unit a day.
 */
export interface Score {
  /** The logarithm of the value. */
  readonly log: number;
  /** The customer's usual value: `LogLevel`'s centre, spread and count. */
  readonly centre: number;
  readonly spread: number;
  readonly count: number;
  /** Days since the customer's last one; 30 when longer ago or never. */
  readonly gapDays: number;
}

export const maxGapDays = 30;

/** 1/64: a hundredth and a half of a value, far below what any threshold turns on. */
const steps = 64;

/** Widths of the digits, lowest first: gap, count, spread (to 4), centre, log (to 64). Their product is 2^44. */
const widths = { gapDays: 32, count: 128, spread: 4 * steps, centre: 64 * steps };

/**
 * A score as one integer below 2^44, so that it is a `AccountFact`'s value.
 * @example unpackScore(packScore({ log: 8, centre: 7.5, spread: 0.25, count: 6, gapDays: 30 })).centre // 7.5
 */
export function packScore({ log, centre, spread, count, gapDays }: Score): number {
  const digit = (value: number, width: number): number => Math.min(width - 1, Math.max(0, Math.round(value)));
  let packed = digit(log * steps, 64 * steps);
  packed = packed * widths.centre + digit(centre * steps, widths.centre);
  packed = packed * widths.spread + digit(spread * steps, widths.spread);
  packed = packed * widths.count + digit(count, widths.count);
  return packed * widths.gapDays + digit(gapDays, widths.gapDays);
}

export function unpackScore(packed: number): Score {
  let rest = packed;
  const digit = (width: number): number => {
    const above = Math.floor(rest / width); // exact, as widths are powers of two; `%` is slow beyond 32 bits
    const value = rest - above * width;
    rest = above;
    return value;
  };
  const gapDays = digit(widths.gapDays);
  const count = digit(widths.count);
  const spread = digit(widths.spread) / steps;
  const centre = digit(widths.centre) / steps;
  return { log: rest / steps, centre, spread, count, gapDays };
}
