import type { ChargeEvent } from '../../domain/events/billing-event.ts';
import { changesWith } from '../../domain/record/changes-with.ts';
import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import { matchesPayment } from '../../domain/record/matches-payment.ts';
import { amountObservation } from '../../domain/record/observations-of.ts';
import { invoicedAmounts } from './comparable-amounts.ts';

/**
 * Whether a charge is a payment of its own. What was invoiced has been judged on its invoice, when there was still
 * time; another amount than the invoice's is payment-mismatch.
 */
export function isOwnPayment(event: ChargeEvent, record: CustomerRecord): boolean {
  const { charge } = event;
  if (charge.invoice !== null) return false;
  const { seen } = amountObservation(event);
  return !invoicedAmounts(record, charge.currency).some(
    (invoice) => matchesPayment(seen, invoice) || changesWith(seen, invoice),
  );
}
