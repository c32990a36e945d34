import { amountSpike } from './amount-spike.ts';
import type { Detector } from './define.ts';
import { invoiceArithmetic } from './invoice-arithmetic.ts';
import { usageSpike } from './usage-spike.ts';

/** The table of detectors. A new one is one new file and one line here. */
export const detectors: readonly Detector[] = [
  amountSpike, //
  invoiceArithmetic,
  usageSpike,
];
