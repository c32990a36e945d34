import type { Invoice } from '../domain/billing-event.ts';
import type { CustomerRecord } from '../domain/customer-record.ts';
import { pays } from '../domain/pays.ts';
import { seriesKey } from '../domain/series-key.ts';
import { type AmountKnobs, amountBoundary } from './amount-judgement.ts';
import { usualCharge } from './usual-amount.ts';

/** The invoice came after its charge, and the charge was reported. */
export function wasFlaggedWhenCharged(
  { currency, createdAtSec, amountDueMinor }: Invoice,
  record: CustomerRecord,
  knobs: AmountKnobs,
): boolean {
  const invoice = { atSec: createdAtSec, value: amountDueMinor };
  const charge = record.charges.get(seriesKey.charge(currency))?.find((known) => pays(known, invoice));
  const usual = charge && usualCharge(record, currency, charge, knobs);
  return usual !== undefined && amountDueMinor > amountBoundary(usual, currency, knobs);
}
