import type { InvoiceEvent } from '../../../domain/events/billing-event.ts';
import { canStillMatter } from '../../../domain/events/can-still-matter.ts';
import { customerLabel } from '../../../domain/events/customer-label.ts';
import { invoiceLabel } from '../../../domain/events/invoice-label.ts';
import type { Judgement } from '../../../domain/finding/finding.ts';
import { moneyState } from '../../../domain/finding/money-state.ts';
import type { CustomerRecord } from '../../../domain/record/customer-record.ts';
import { prorationsMinor } from '../../../domain/record/prorations-minor.ts';
import type { Series } from '../../../domain/record/series.ts';
import { isOneOff } from '../../../domain/record/series-key.ts';
import {
  type CalibratedThreshold,
  purchaseThreshold,
  usageThreshold,
} from '../../baseline/calibrated-threshold.ts';
import { amountsBefore } from '../../baseline/comparable-amounts.ts';
import { expectedRange } from '../../baseline/expected-range.ts';
import { lastAlerted, wasBilled } from '../../baseline/ongoing-condition.ts';
import type { Context } from '../../context.ts';
import { changesNearby } from '../../finding/changes-nearby.ts';
import { invoiceBreakdown } from '../../finding/invoice-breakdown.ts';
import { amountBoundary, amountJudgement } from './amount-judgement.ts';
import { knownUsageMinor } from './known-usage.ts';
import { mostSet, type SetKnobs, subscriptionAdjustedRange } from './subscription-adjusted-range.ts';
import { wasFlaggedWhenCharged } from './was-flagged-when-charged.ts';

/** What a subscription bills follows its plan, seats and usage: what others buy says nothing of it. */
function thresholdFor(
  event: InvoiceEvent,
  { calibration, settings }: Context,
): CalibratedThreshold | undefined {
  const { currency, lines } = event.invoice;
  if (isOneOff(event)) return purchaseThreshold(calibration.amount, currency, settings);
  return lines.some(({ metered }) => metered) ? usageThreshold(calibration.usage) : undefined;
}

/** What amount-spike says of an invoice. */
export function invoiceSpike(
  event: InvoiceEvent,
  record: CustomerRecord,
  knobs: SetKnobs,
  context: Context,
): Judgement | undefined {
  const { invoice } = event;
  const { currency } = invoice;
  if (!canStillMatter(event)) return;
  if (wasFlaggedWhenCharged(invoice, record, knobs, context)) return;
  const explainedMinor = Math.max(0, prorationsMinor(invoice)); // credits explain nothing
  const learned = thresholdFor(event, context);
  const { usual, headroom } = subscriptionAdjustedRange(
    event,
    record,
    explainedMinor,
    knobs,
    learned,
    context.calibration.prices,
  );
  const before = () => amountsBefore(event, record, knobs.warmUp);
  const value = invoice.amountDueMinor - explainedMinor;
  const hasUsage = invoice.lines.some(({ metered }) => metered); // then the last may have been left to usage-spike
  const amount = {
    about: invoice.id,
    currency,
    amountMinor: invoice.amountDueMinor,
    explainedMinor,
    usual,
    leftToOthersMinor: () => knownUsageMinor(invoice, record),
    told: () =>
      isOneOff(event) || hasUsage
        ? undefined
        : lastAlerted(before(), knobs.headroom, (past) => mostSilent(past, learned)),
    says: () => `${invoiceLabel(invoice)} to ${customerLabel(event)} is`,
    what: 'amount due',
    breakdown: (typicalMinor: number) => invoiceBreakdown(invoice, typicalMinor, explainedMinor),
    nearby: () => changesNearby(event, record),
    money: moneyState(invoice),
  };
  const judgement = amountJudgement(amount, headroom, context.settings);
  return judgement !== undefined && !isOneOff(event) && wasBilled(value, before()) ? undefined : judgement;

  /** What was silent after such a past, even where it was set on the subscription. */
  function mostSilent(past: Series, learned: CalibratedThreshold | undefined): number | undefined {
    const most = expectedRange(past, { ...knobs, headroom: knobs.setHeadroom }, learned);
    if (most === undefined) return;
    const high = mostSet(past, most.high, knobs.setHeadroom);
    return amountBoundary({ ...most, high }, currency, context.settings);
  }
}
