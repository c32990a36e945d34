import { changesWith } from './changes-with.ts';
import { isPaid } from './invoice-revision.ts';
import { matchesPayment } from './matches-payment.ts';
import type { Observation, Series } from './series.ts';

/** More payments of one invoice than this are not added up in every way: then nothing is said. */
const mostParts = 12;

/**
 * Whether an invoice became paid by this charge, and the charge took another amount. Charges do not name their
 * invoice, so it goes by the moment, and only when nothing else explains the two: the invoice has no payment of its
 * own amount, the charge has no invoice of its own, and neither is a sum (an invoice paid in parts, or one payment
 * for several invoices).
 * @param charges all that are known in the currency, this one among them; likewise `invoices`
 */
export function matchesAnotherAmount(
  charge: Observation,
  invoice: Observation,
  charges: Series,
  invoices: Series,
): boolean {
  const settlesNow = (other: Observation): boolean => isPaid(other) && changesWith(charge, other);
  if (charge.value === 0 || invoice.value === 0 || !settlesNow(invoice)) return false;
  if (charges.some((other) => matchesPayment(other, invoice))) return false;
  const isFree = (other: Observation): boolean => !isPaid(other) || settlesNow(other);
  if (invoices.some((other) => isFree(other) && matchesPayment(charge, other))) return false;
  const parts = charges.filter((other) => other.atSec >= invoice.atSec && other.atSec <= charge.atSec);
  return !isSum(invoice.value, parts) && !isSum(charge.value, invoices.filter(settlesNow));
}

/** Whether some of the values make up the total. */
function isSum(total: number, parts: Series): boolean {
  if (parts.length > mostParts) return true;
  const sums = new Set([0]);
  for (const { value } of parts) for (const sum of [...sums]) sums.add(sum + value);
  return sums.has(total);
}
