import type { ChargeEvent } from '../../domain/events/billing-event.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import type { Judgement } from '../../domain/finding/finding.ts';
import { chargeMoneyState } from '../../domain/finding/money-state.ts';
import { formatMoney } from '../../domain/money/money.ts';
import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import { amountObservation } from '../../domain/record/observations-of.ts';
import type { Series } from '../../domain/record/series.ts';
import { equalCharges, gapSec, nameOfEqual } from './equal-charges.ts';
import { twiceSeverity } from './twice-severity.ts';

/** What duplicate-charge says of a charge: it is one too many of its amount. */
export function chargedTwice(event: ChargeEvent, record: CustomerRecord): Judgement | undefined {
  const { charge } = event;
  const { seen } = amountObservation(event);
  if (seen.value === 0) return;
  const equal = equalCharges(seen, charge.currency, record);
  if (equal === undefined) return;
  const { burst, due } = equal;
  const amount = formatMoney(seen.value, charge.currency);
  return {
    about: nameOfEqual(burst, charge.currency),
    severity: twiceSeverity(seen.value, charge.currency),
    severityReason: `${amount} was taken again, and has not been refunded.`,
    summary: `${customerLabel(event)} was charged ${amount} ${timesWords(burst)} within ${spanWords(burst)}.`,
    headline: `charged ${amount} ${timesWords(burst)} within ${spanWords(burst)}`,
    measure: {
      kind: 'quantity',
      unit: '',
      what: `charges of ${amount}, one after the other`,
    },
    actual: burst.length,
    expected: { low: 1, high: due },
    boundary: due,
    rule:
      `Charges of one customer for the same amount, each within ${gapSec / 60} minutes of the last, are flagged ` +
      'when there are more of them than invoices to pay, unless the customer has bought like that before and kept ' +
      'it; of a customer who has only ever paid invoices, within a day.',
    history: { count: 0, points: [] },
    breakdown: null,
    atStakeMinor: seen.value,
    money: chargeMoneyState(charge),
  };
}

function timesWords({ length }: Series): string {
  return length === 2 ? 'twice' : `${length} times`;
}

function spanWords(burst: Series): string {
  const spanSec = (burst.at(-1)?.atSec ?? 0) - (burst.at(0)?.atSec ?? 0);
  const minutes = Math.max(1, Math.ceil(spanSec / 60));
  if (minutes > 90) return `${Math.ceil(minutes / 60)} hours`;
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
