import { approximateUsd } from '../../../domain/money/approximate-usd.ts';
import type { ExpectedRange } from '../../baseline/expected-range.ts';
import type { Subject } from './subject.ts';
import { type UnorderedSeats, worstUnorderedSeats } from './unordered-seats.ts';

/** The criteria of the decision. */
export interface Criteria {
  /** At stake at least, in minor units. */
  readonly leastMinor: number;
  /** Seats that no one ordered, which need no history to be found. */
  readonly seats: UnorderedSeats | undefined;
}

/** Begins with the range alone. */
export const rangeAlone: Criteria = { leastMinor: 0, seats: undefined };

/** The largest amount that is silent, in minor units. */
export function boundaryOf({ high, typical }: ExpectedRange, { leastMinor }: Criteria): number {
  return Math.max(high, Math.round(typical) + leastMinor);
}

export function leastAtStake(criteria: Criteria, { currency, context }: Subject): Criteria {
  return { ...criteria, leastMinor: approximateUsd(context.settings.leastAtStakeDollars, currency) };
}

export function unorderedSeats(criteria: Criteria, { invoice, record, context }: Subject): Criteria {
  const seats = invoice && worstUnorderedSeats(invoice, record, context.settings);
  return seats === undefined ? criteria : { ...criteria, seats };
}
