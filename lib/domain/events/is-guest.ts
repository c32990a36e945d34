/**
 * Whether a customer is only the card a guest paid with. Any other id is a customer's: merchants may choose it.
 * @example isGuest('card_Xt5EWLLDS7FJjR1c') // true
 */
export function isGuest(customer: string): boolean {
  return customer.startsWith(guestPrefix);
}

/** What stands in for a customer's id, with the card's fingerprint behind it. */
export const guestPrefix = 'card_';
