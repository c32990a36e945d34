import { lastChange } from './invoice-revision.ts';
import type { Observation } from './series.ts';

/**
 * Stripe finalises an invoice, takes the payment and marks the invoice paid in one go: a few seconds, of which the
 * card network needs the most. Ten leave room for it, and hardly for a second purchase.
 */
const togetherSec = 10;

/**
 * Whether an invoice was finalised or paid in the moment in which a charge succeeded: then the charge is, most likely,
 * its payment, whatever its amount.
 * For example, `changesWith({ atSec: 3600, revision: 1 }, paidAt3605)` is true.
 */
export function changesWith(charge: Pick<Observation, 'atSec' | 'revision'>, invoice: Observation): boolean {
  const { kind, changedAtSec } = lastChange(invoice);
  const isCollected = kind === 'invoice_finalized' || kind === 'invoice_paid';
  return isCollected && Math.abs(charge.atSec + charge.revision - changedAtSec) <= togetherSec;
}
