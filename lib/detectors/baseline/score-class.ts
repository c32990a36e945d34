import type { LogLevel } from '../../stats/log-level.ts';

const first = 3; //    values: up to here the customer is new
const young = 8; //    values: up to here the population counts more
const steady = 0.5; //  of the usual spread: a customer who varies less is a steady one

/**
 * Which scores are alike: of a new customer (0), of a young one (1), of a steady (2) and of a varied one (3) with a
 * history. So a few wild customers do not set the bar for the steady ones.
 * @param spread what is usual in the account
 * @example scoreClass({ centre: 8, spread: 0.05, count: 12 }, 0.35) // 2
 */
export function scoreClass({ count, spread: own }: LogLevel, spread: number): number {
  if (count < first) return 0;
  if (count < young) return 1;
  return own <= steady * spread ? 2 : 3;
}

export const scoreClasses = [0, 1, 2, 3] as const;
