import type { InvoiceEvent } from '../domain/billing-event.ts';
import type { CustomerRecord } from '../domain/customer-record.ts';
import { unsetMinor } from '../domain/unset-minor.ts';
import { usualInvoice } from './usual-amount.ts';
import type { UsualKnobs, UsualRange } from './usual-range.ts';

/** `setHeadroom`: the headroom where seats or plan were set so on the subscription. */
type Knobs = UsualKnobs & { readonly setHeadroom: number };

/**
 * What such an invoice usually comes to, with the headroom that is in force: a larger one while what the subscription
 * does not set is usual by itself. Where it is not, what is set still explains as much beside the usual.
 * @param explainedMinor the part of the amount that is no question
 */
export function usualAsSet<Of extends Knobs>(
  event: InvoiceEvent,
  record: CustomerRecord,
  explainedMinor: number,
  knobs: Of,
): { readonly usual: UsualRange | undefined; readonly inForce: Of } {
  const usual = usualInvoice(event, record, knobs);
  const ifSet = { ...knobs, headroom: knobs.setHeadroom };
  const most = usualInvoice(event, record, ifSet);
  if (usual === undefined || most === undefined) return { usual, inForce: knobs };
  const unset = unsetMinor(event.invoice, record);
  if (unset <= usual.high) return { usual: most, inForce: ifSet };
  const setMinor = event.invoice.amountDueMinor - explainedMinor - unset;
  const high = Math.max(usual.high, Math.min(usual.high + setMinor, most.high));
  return { usual: { ...usual, high }, inForce: knobs };
}
