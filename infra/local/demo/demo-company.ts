import { demoHistory } from './demo-history.ts';
import { demoToday } from './demo-today.ts';
import type { StripeEvent } from './stripe-event.ts';

/**
 * The webhooks of Larchmoor Cloud, a made-up company, in order of arrival. The same `todaySec` (Unix seconds,
 * now) gives the same events. `history` has no incident; `today` has four, one of them delivered four times:
 * ten times the seats, usage counted four times, tax added twice, a price in yen a hundred times too high.
 */
export function demoEvents({ todaySec }: { readonly todaySec: number }): {
  readonly history: readonly StripeEvent[];
  readonly today: readonly StripeEvent[];
} {
  return { history: demoHistory(todaySec), today: demoToday(todaySec) };
}
