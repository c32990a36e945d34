/** Money on its way from Stripe to the company's own bank. */
export interface Payout {
  /** `po_...` */
  readonly id: string;
  readonly currency: string;
  readonly amountMinor: number;
  /** Stripe's word, e.g. `account_closed`. */
  readonly failureCode: string | null;
}
