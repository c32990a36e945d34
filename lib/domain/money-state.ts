import type { Invoice } from './billing-event.ts';
import type { MoneyState } from './finding.ts';

/**
 * Where the money of an invoice is, and until when a warning still helps. Times that no longer matter are null.
 * An invoice whose status Stripe does not say counts as open: then nobody relies on a draft's deadline.
 *
 * @example moneyState(draft) // { currency: 'usd', state: 'draft', finalizesAtSec: 1766000000, dueAtSec: null }
 */
export function moneyState(invoice: Invoice): MoneyState {
  const state = invoice.status ?? 'open';
  return {
    currency: invoice.currency,
    state,
    finalizesAtSec: state === 'draft' ? invoice.finalizesAtSec : null,
    dueAtSec: state === 'open' || state === 'draft' ? invoice.dueAtSec : null,
  };
}
