/** What an operator may want otherwise: `context.billingwatch.detection` in cdk.json. A knob that is left out is the default. */
export interface Settings {
  /** How many false spikes may be reported, of 1,000 customers in 30 days, over all the account's spikes. */
  readonly falseAlertsPer1000CustomersMonth: number;
  /** At stake, about, in US dollars' worth of any currency; less is not worth a person's minute. */
  readonly leastAtStakeDollars: number;
  /** Ids of detectors that are not asked. */
  readonly off: readonly string[];
}

/** One needless email a month to who has 2,000 customers, and nothing below what a person's minute costs. */
export const defaultSettings: Settings = {
  falseAlertsPer1000CustomersMonth: 0.5,
  leastAtStakeDollars: 5,
  off: [],
};
