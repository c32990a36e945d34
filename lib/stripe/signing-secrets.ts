/** The webhook endpoint's signing secrets: anyone who knows one of them can send events as Stripe. */
export interface SigningSecrets {
  /**
   * Every `whsec_...` that is live now: one as a rule, two while a secret is rolled, none while none is usable.
   * Rejects when they can't be had and never could.
   */
  live(): Promise<readonly string[]>;
}
