/**
 * What an account knows of its payments: how they usually vary, what most of them do these days, and how far the
 * wildest of them lie out. Plain data, JSON as it stands. It moves thresholds, never records.
 */
export interface Calibration {
  /** Purchases and invoices by hand; null while too few were seen. What subscriptions bill is judged without it. */
  readonly amount: Population | null;
  /** Metered quantities. */
  readonly usage: Population | null;
  /** `objectHash` of the prices that several customers have paid for a while: who takes one of them has chosen it. */
  readonly prices: readonly number[];
}

/** Logarithms are natural. */
export interface Population {
  /** By currency: ln(minor units) of the middle payment, and how many observations of one's own that is worth. */
  readonly centres: Readonly<Record<string, { readonly centre: number; readonly weight: number }>>;
  /** Standard deviation of ln(value) within one customer. */
  readonly spread: number;
  /** By how much all values of the last two days, or usage of the last seven, are up together (a holiday, a sale), as ln of the factor; 0 or more. */
  readonly shock: number;
  /** Months of a customer that one score stands for, on average: 1 when each pays once a month, or less often. */
  readonly months: number;
  /** The upper end of the scores, by `scoreClass`; null where too few were seen. */
  readonly tails: readonly (ScoreTail | null)[];
}

/** `share` of the scores lie above `value`; each `slope` further is e times as rare. */
export interface ScoreTail {
  readonly value: number;
  readonly share: number;
  readonly slope: number;
}

/** Of an account that was not swept yet: each customer is judged by their own history alone. */
export const noCalibration: Calibration = { amount: null, usage: null, prices: [] };
