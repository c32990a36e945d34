import { daySec } from '../time.ts';
import type { Observation } from './series.ts';

type Dated = Pick<Observation, 'atSec' | 'value'>;

const earlySec = 60; //          clocks of the same second may differ
const lateSec = 90 * daySec; //  the longest usual due date

/**
 * Whether a charge looks like the payment of an invoice. Stripe's charges no longer name their invoice, so this goes
 * by the amount, and by the time: not before the invoice and not long after. Good enough to say one thing once,
 * never a proof.
 * @example matchesPayment({ atSec: 3600, value: 900 }, { atSec: 0, value: 900 }) // true
 */
export function matchesPayment(charge: Dated, invoice: Dated): boolean {
  return canPay(charge, invoice) && charge.atSec - invoice.atSec <= lateSec;
}

/** Whether a charge may pay an invoice that is open, however long it has been. */
export function canPay(charge: Dated, invoice: Dated): boolean {
  return charge.value === invoice.value && charge.atSec - invoice.atSec >= -earlySec;
}
