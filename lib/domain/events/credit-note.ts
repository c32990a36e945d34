/** What is taken off an invoice after it was finalised. */
export interface CreditNote {
  /** `cn_...` */
  readonly id: string;
  /** `in_...` */
  readonly invoice: string;
  readonly currency: string;
  readonly amountMinor: number;
  readonly createdAtSec: number;
}
