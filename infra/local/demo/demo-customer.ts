export type Currency = 'usd' | 'eur' | 'jpy' | 'kwd';

interface Buyer<Fault> {
  readonly name: string;
  readonly currency: Currency;
  /** Buys today, so many minutes ago: as usual, or with a fault, or with a webhook delivered several times. */
  readonly today?: { readonly minutesAgo: number; readonly fault?: Fault; readonly deliveries?: number };
}

interface Subscriber<Fault> extends Buyer<Fault> {
  /** Months since the first bill. */
  readonly sinceMonths: number;
  /** Exclusive tax. */
  readonly taxPercent?: number;
  readonly couponPercent?: number;
  /** Months ago at which the card was declined once and charged three days later. */
  readonly declinedMonthsAgo?: number;
}

/** Pays in advance for a number of seats. */
export interface SeatCustomer extends Subscriber<'ten_times_the_seats' | 'taxed_twice'> {
  readonly plan: 'Starter' | 'Team' | 'Business' | 'Business, yearly';
  /** On the first bill. */
  readonly seats: number;
  /** Honest growth: one seat more every so many months. */
  readonly seatEveryMonths?: number;
  /** More seats from the middle of the month before that bill, which prorates them. */
  readonly upgrade?: { readonly monthsAgo: number; readonly seats: number };
}

/** Pays in arrears for API calls, in two tiers. */
export interface UsageCustomer extends Subscriber<'counted_four_times'> {
  /** About so many thousand calls a month. */
  readonly thousandCalls: number;
}

/** Buys message credits now and then: charges without an invoice. */
export interface OneOffCustomer extends Buyer<'a_hundred_times'> {
  /** The price of one pack; they buy four to six at a time. */
  readonly packMinor: number;
}
