/** What the card's issuer says of a charge; it names neither the customer nor the amount. */
export interface FraudWarning {
  /** `ch_...` */
  readonly charge: string;
  /** False when the charge is refunded in full or disputed already. */
  readonly actionable: boolean | null;
  /** Stripe's word, e.g. `made_with_stolen_card`. */
  readonly fraudType: string | null;
}
