/** Why this reader gets an email. */
export function whyYouWords({ livemode }: { readonly livemode: boolean }): string {
  return livemode
    ? 'You get this because your address is on the list for billing alerts of your company’s BillingWatch.'
    : 'You get this because your address is on the platform list of your company’s BillingWatch, which gets what happens in Stripe’s test mode. No real money is involved.';
}
