/**
 * The name that takes the fewest typing mistakes to turn into `wrong`, for "Did you mean ...?"; undefined when even
 * that one takes more than half its letters.
 * @example closestName('financeRecipents', ['fromAddress', 'financeRecipients']) // 'financeRecipients'
 */
export function closestName(wrong: string, names: readonly string[]): string | undefined {
  const distance = (name: string) => editDistance(wrong.toLowerCase(), name.toLowerCase());
  const [closest] = names.toSorted((a, b) => distance(a) - distance(b));
  return closest !== undefined && 2 * distance(closest) <= closest.length ? closest : undefined;
}

/** Letters to insert, drop or replace (Levenshtein). @example editDistance('zone', 'zones') // 1 */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [rowNumber, letter] of [...from].entries()) {
    const next = [rowNumber + 1];
    for (const [column, other] of [...to].entries()) {
      const [replaced = 0, dropped = 0] = row.slice(column);
      next.push(Math.min(replaced + Number(letter !== other), dropped + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
