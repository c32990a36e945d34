import type { Invoice } from '../../../domain/events/billing-event.ts';
import type { CustomerRecord } from '../../../domain/record/customer-record.ts';
import { matchesPayment } from '../../../domain/record/matches-payment.ts';
import { seriesKey } from '../../../domain/record/series-key.ts';
import { purchaseThreshold } from '../../baseline/calibrated-threshold.ts';
import { chargesBefore } from '../../baseline/comparable-amounts.ts';
import { expectedRange, type RangeKnobs } from '../../baseline/expected-range.ts';
import type { Context } from '../../context.ts';
import { amountBoundary } from './amount-judgement.ts';

/** The invoice came after its charge, and the charge was reported. */
export function wasFlaggedWhenCharged(
  { currency, createdAtSec, amountDueMinor }: Invoice,
  record: CustomerRecord,
  knobs: RangeKnobs,
  { calibration, settings }: Context,
): boolean {
  const invoice = { atSec: createdAtSec, value: amountDueMinor };
  const charge = record.charges
    .get(seriesKey.charge(currency))
    ?.find((known) => matchesPayment(known, invoice));
  if (charge === undefined) return false;
  const before = chargesBefore(record, currency, charge);
  const usual = expectedRange(before, knobs, purchaseThreshold(calibration.amount, currency, settings));
  return usual !== undefined && amountDueMinor > amountBoundary(usual, currency, settings);
}
