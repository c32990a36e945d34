/**
 * What a line is for. Stripe describes it as `31000 × API calls (Tier 1 at $0.02 / month)`; only the product is the
 * price's.
 * @example productName('2 × Team plan (at $29.00 / month)') // 'Team plan'
 */
export function productName(description: string | null | undefined): string | undefined {
  return description?.replace(/^[\d.,]+ × /, '').replace(/ \([^()]*\)$/, '');
}
