import type { Invoice } from '../../domain/events/billing-event.ts';
import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import { pays } from '../../domain/record/pays.ts';
import { seriesKey } from '../../domain/record/series-key.ts';
import { chargesBefore } from '../baseline/usual-amount.ts';
import { type UsualKnobs, usualRange } from '../baseline/usual-range.ts';
import { purchaseYardstick } from '../baseline/yardstick.ts';
import type { Context } from '../context.ts';
import { amountBoundary } from './amount-judgement.ts';

/** The invoice came after its charge, and the charge was reported. */
export function wasFlaggedWhenCharged(
  { currency, createdAtSec, amountDueMinor }: Invoice,
  record: CustomerRecord,
  knobs: UsualKnobs,
  { calibration, settings }: Context,
): boolean {
  const invoice = { atSec: createdAtSec, value: amountDueMinor };
  const charge = record.charges.get(seriesKey.charge(currency))?.find((known) => pays(known, invoice));
  if (charge === undefined) return false;
  const before = chargesBefore(record, currency, charge);
  const usual = usualRange(before, knobs, purchaseYardstick(calibration.amount, currency, settings));
  return usual !== undefined && amountDueMinor > amountBoundary(usual, currency, settings);
}
