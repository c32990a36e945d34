/** A customer's bank takes money back. */
export interface Dispute {
  /** `dp_...` */
  readonly id: string;
  readonly charge: string | null;
  readonly currency: string;
  readonly amountMinor: number;
  readonly reason: string | null;
}
