import type { ChargeEvent } from '../../../domain/events/billing-event.ts';
import { customerLabel } from '../../../domain/events/customer-label.ts';
import { objectHash } from '../../../domain/events/object-hash.ts';
import type { Judgement } from '../../../domain/finding/finding.ts';
import { chargeMoneyState } from '../../../domain/finding/money-state.ts';
import type { CustomerRecord } from '../../../domain/record/customer-record.ts';
import { purchaseThreshold } from '../../baseline/calibrated-threshold.ts';
import { chargesBefore } from '../../baseline/comparable-amounts.ts';
import { expectedRange, type RangeKnobs } from '../../baseline/expected-range.ts';
import { isOwnPayment } from '../../baseline/is-own-payment.ts';
import type { Context } from '../../context.ts';
import { amountJudgement } from './amount-judgement.ts';

/** What amount-spike says of a charge. */
export function chargeSpike(
  event: ChargeEvent,
  record: CustomerRecord,
  knobs: RangeKnobs,
  context: Context,
): Judgement | undefined {
  const { id, currency, createdAtSec, amountCapturedMinor } = event.charge;
  if (!isOwnPayment(event, record)) return;
  const before = chargesBefore(record, currency, { atSec: createdAtSec, hash: objectHash(id) });
  const amount = {
    about: id,
    currency,
    amountMinor: amountCapturedMinor,
    explainedMinor: 0,
    usual: expectedRange(
      before,
      knobs,
      purchaseThreshold(context.calibration.amount, currency, context.settings),
    ),
    says: () => `${customerLabel(event)} was charged`,
    what: 'amount charged',
    breakdown: () => null,
    money: chargeMoneyState(event.charge),
  };
  return amountJudgement(amount, knobs.headroom, context.settings);
}
