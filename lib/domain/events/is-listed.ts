/** Ids that Stripe made. A plan that a merchant named can be deleted and created again with another amount. */
const stripeMade = /^(price|plan)_/;

/** Whether a price can't change any more. */
export function isListed(price: string): boolean {
  return stripeMade.test(price);
}
