import type { Breakdown } from '../../domain/finding/finding.ts';

/**
 * The breakdown of an amount that is proven wrong: how the right amount comes about, and in a row of its own what
 * nothing explains. The rows sum to what was billed.
 *
 * @example withUnexplained([{ label: '1 × $49.00: Pro plan', amountMinor: 4900 }], 9800).rows[1]
 *   // { label: 'Not explained', amountMinor: 4900 }
 */
export function withUnexplained(rows: Breakdown['rows'], billedMinor: number): Breakdown {
  const unexplainedMinor = billedMinor - rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return {
    rows: [...rows, { label: 'Not explained', amountMinor: unexplainedMinor }],
    totalLabel: 'On the invoice',
    totalMinor: billedMinor,
  };
}
