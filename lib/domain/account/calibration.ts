import * as z from 'zod/mini';
import type { Immutable } from '../schema/immutable.ts';

/** `share` of the scores lie above `value`; each `slope` further is e times as rare. */
const scoreTail = z.object({ value: z.number(), share: z.number(), slope: z.number() });

const population = z.object({
  /**
   * Centres by currency: ln(minor units) of the middle payment, and how many observations of one's own that is worth.
   */
  centres: z.record(z.string(), z.object({ centre: z.number(), weight: z.number() })),
  /** Standard deviation of ln(value) within one customer. */
  spread: z.number(),
  /**
   * The common shift of the last two days, or of seven for usage (a holiday, a sale), as ln of the factor; 0 or more.
   */
  shock: z.number(),
  /** Months of a customer that one score stands for, on average: 1 when each pays once a month, or less often. */
  months: z.number(),
  /** The upper end of the scores, by `scoreClass`; null where too few were seen. */
  tails: z.array(z.nullable(scoreTail)),
});
/** Logarithms are natural. */
export type Population = Immutable<z.infer<typeof population>>;

const calibration = z.object({
  /** Purchases and invoices by hand; null while too few were seen. What subscriptions bill is judged without it. */
  amount: z.nullable(population),
  /** Metered quantities. */
  usage: z.nullable(population),
  /** `objectHash` of the prices that several customers have paid for a while: who takes one of them has chosen it. */
  prices: z.array(z.int()),
});
/**
 * What an account knows of its payments: how they usually vary, what most of them do these days, and how far the
 * wildest of them lie out. Plain data, JSON as it stands. It moves thresholds, never records.
 */
export type Calibration = Immutable<z.infer<typeof calibration>>;

/** How a calibration is stored, by itself and in the state of its account. Some of version 1 have no prices. */
export const calibrationShape = {
  what: 'The calibration of an account',
  version: 2,
  schema: calibration,
  upgrades: { 1: (old: object) => ({ prices: [], ...old }) },
};

/** The calibration of an account that was not swept yet: each customer's own history alone decides. */
export const noCalibration: Calibration = { amount: null, usage: null, prices: [] };
