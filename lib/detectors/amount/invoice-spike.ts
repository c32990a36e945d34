import type { InvoiceEvent } from '../../domain/events/billing-event.ts';
import { canStillMatter } from '../../domain/events/can-still-matter.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import { invoiceLabel } from '../../domain/events/invoice-label.ts';
import type { Judgement } from '../../domain/finding/finding.ts';
import { moneyState } from '../../domain/finding/money-state.ts';
import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import { prorationsMinor } from '../../domain/record/prorations-minor.ts';
import type { Series } from '../../domain/record/series.ts';
import { isOneOff } from '../../domain/record/series-key.ts';
import { toldLast, wasBilled } from '../baseline/goes-on.ts';
import { amountsBefore } from '../baseline/usual-amount.ts';
import { usualRange } from '../baseline/usual-range.ts';
import { purchaseYardstick, usageYardstick, type Yardstick } from '../baseline/yardstick.ts';
import type { Context } from '../context.ts';
import { changesNearby } from '../finding/changes-nearby.ts';
import { invoiceBreakdown } from '../finding/invoice-breakdown.ts';
import { amountBoundary, amountJudgement } from './amount-judgement.ts';
import { knownUsageMinor } from './known-usage.ts';
import { mostSet, type SetKnobs, usualAsSet } from './usual-as-set.ts';
import { wasFlaggedWhenCharged } from './was-flagged-when-charged.ts';

/** What a subscription bills follows its plan, seats and usage: what others buy says nothing of it. */
function yardstickFor(event: InvoiceEvent, { calibration, settings }: Context): Yardstick | undefined {
  const { currency, lines } = event.invoice;
  if (isOneOff(event)) return purchaseYardstick(calibration.amount, currency, settings);
  return lines.some(({ metered }) => metered) ? usageYardstick(calibration.usage) : undefined;
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
  const learned = yardstickFor(event, context);
  const { usual, headroom } = usualAsSet(
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
        : toldLast(before(), knobs.headroom, (past) => mostSilent(past, learned)),
    says: () => `${invoiceLabel(invoice)} to ${customerLabel(event)} is`,
    what: 'amount due',
    breakdown: (typicalMinor: number) => invoiceBreakdown(invoice, typicalMinor, explainedMinor),
    nearby: () => changesNearby(event, record),
    money: moneyState(invoice),
  };
  const judgement = amountJudgement(amount, headroom, context.settings);
  return judgement !== undefined && !isOneOff(event) && wasBilled(value, before()) ? undefined : judgement;

  /** What was silent after such a past, even where it was set on the subscription. */
  function mostSilent(past: Series, learned: Yardstick | undefined): number | undefined {
    const most = usualRange(past, { ...knobs, headroom: knobs.setHeadroom }, learned);
    if (most === undefined) return;
    const high = mostSet(past, most.high, knobs.setHeadroom);
    return amountBoundary({ ...most, high }, currency, context.settings);
  }
}
