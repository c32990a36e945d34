import type { Breakdown } from '../domain/finding/finding.ts';

type Rows = Breakdown['rows'];

const shownRows = 12;
const firstRows = 10;

/**
 * The rows of a breakdown; they always sum to its total exactly. The middle of a long list is one row, and so is what
 * nothing accounts for.
 */
export function breakdownRows({ rows, totalMinor }: Breakdown): Rows {
  const shown = rows.length <= shownRows ? rows : folded(rows);
  const restMinor = totalMinor - sumOf(shown);
  return restMinor === 0 ? shown : [...shown, { label: 'Not itemised', amountMinor: restMinor }];
}

function folded(rows: Rows): Rows {
  const middle = rows.slice(firstRows, -1);
  const label = `${middle.length} more lines`;
  return [...rows.slice(0, firstRows), { label, amountMinor: sumOf(middle) }, ...rows.slice(-1)];
}

function sumOf(rows: Rows): number {
  return rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}
