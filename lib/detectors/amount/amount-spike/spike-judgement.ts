import { customerLabel } from '../../../domain/events/customer-label.ts';
import { invoiceLabel } from '../../../domain/events/invoice-label.ts';
import type { Judgement } from '../../../domain/finding/finding.ts';
import { chargeMoneyState, moneyState } from '../../../domain/finding/money-state.ts';
import { formatMoney } from '../../../domain/money/money.ts';
import { extremeTimes } from '../../baseline/expected-range.ts';
import { silentBelow } from '../../baseline/ongoing-condition.ts';
import { sigmasWords } from '../../baseline/sigmas-words.ts';
import { changesNearby } from '../../finding/changes-nearby.ts';
import { invoiceBreakdown } from '../../finding/invoice-breakdown.ts';
import { spikeSeverity } from '../../finding/spike-severity.ts';
import type { Subject } from './subject.ts';
import type { Spike } from './suppress.ts';

/** What there is to say of an amount above its boundary. */
export function spikeJudgement(spike: Spike, subject: Subject): Judgement {
  const { range, explainedMinor, leftMinor, valueMinor } = spike;
  const { currency, amountMinor } = subject;
  const silent = silentBelow(spike.boundaryMinor, valueMinor, spike.alerted);
  const typicalMinor = Math.round(range.typical);
  const atStakeMinor = valueMinor - typicalMinor;
  const money = (minor: number): string => formatMoney(minor, currency);
  const { what, says, ...about } = wordsOf(subject, typicalMinor, explainedMinor);
  return {
    ...about,
    ...spikeSeverity(valueMinor / range.typical, atStakeMinor, currency),
    summary: `${says} ${money(amountMinor)}; usually it is about ${money(typicalMinor)}.`,
    measure: { kind: 'money', currency, what },
    actual: amountMinor,
    typical: typicalMinor + explainedMinor,
    expected: { low: range.low + explainedMinor, high: range.high + explainedMinor },
    boundary: explainedMinor + silent.boundary,
    ...(silent.farBoundary !== undefined && { farBoundary: explainedMinor + silent.farBoundary }),
    rule:
      (range.isExtreme
        ? `An amount is flagged when it is more than ${extremeTimes} times the largest of the customer's last amounts, however widely the account's payments vary, `
        : `An amount is flagged when it is beyond the usual variation of the customer's last ${range.count} amounts ` +
          `(${sigmasWords(range)}), more than ${spike.headroom} times the largest usual one, `) +
      `and at least ${money(spike.leastMinor)} above the typical one.` +
      (leftMinor > 0 ? ` Usage is judged by itself, and leaves ${money(leftMinor)} more silent.` : ''),
    history: range.history,
    atStakeMinor,
  };
}

/** What charges and invoices say each in their own words. */
function wordsOf({ charge, invoice: event, record }: Subject, typicalMinor: number, explainedMinor: number) {
  if (charge !== undefined) {
    return {
      about: charge.charge.id,
      says: `${customerLabel(charge)} was charged`,
      what: 'amount charged',
      breakdown: null,
      money: chargeMoneyState(charge.charge),
    };
  }
  if (event === undefined) throw new Error('A charge of the past is judged for what was said of it alone.');
  const { invoice } = event;
  return {
    about: invoice.id,
    says: `${invoiceLabel(invoice)} to ${customerLabel(event)} is`,
    what: 'amount due',
    breakdown: invoiceBreakdown(invoice, typicalMinor, explainedMinor),
    nearby: changesNearby(event, record),
    money: moneyState(invoice),
  };
}
