import type { Tax } from './billing-event.ts';

/** Other reasons change what the rate is applied to: exempt portions, reduced bases, caps. */
const plainReasons: readonly (string | null)[] = ['standard_rated', 'not_available', null];

/** Whether a tax is its rate times its taxable amount; a zero may be an exemption or reverse charge. */
export function isPlainTax({ amountMinor, reason }: Tax): boolean {
  return plainReasons.includes(reason) && (amountMinor !== 0 || reason === 'standard_rated');
}
