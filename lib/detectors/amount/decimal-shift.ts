import type { ChargeEvent, InvoiceEvent } from '../../domain/events/billing-event.ts';
import { canStillMatter } from '../../domain/events/can-still-matter.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import { invoiceLabel } from '../../domain/events/invoice-label.ts';
import { objectHash } from '../../domain/events/object-hash.ts';
import type { History, Judgement } from '../../domain/finding/finding.ts';
import { chargeMoneyState, moneyState } from '../../domain/finding/money-state.ts';
import { approximateUsd } from '../../domain/money/approximate-usd.ts';
import { formatMoney } from '../../domain/money/money.ts';
import { type CustomerRecord, historyBefore } from '../../domain/record/customer-record.ts';
import { isCountable } from '../../domain/record/is-countable.ts';
import { amountObservation } from '../../domain/record/observations-of.ts';
import type { Series } from '../../domain/record/series.ts';
import { daySec } from '../../domain/time.ts';
import { chargesBefore } from '../baseline/comparable-amounts.ts';
import { isOwnPayment } from '../baseline/is-own-payment.ts';
import { unrefundedCharges } from '../baseline/unrefunded-charges.ts';
import { wasExpected } from '../baseline/was-expected.ts';
import type { Context } from '../context.ts';
import { defineDetector } from '../define.ts';
import { remediationSteps } from '../finding/remediation-steps.ts';
import { hasDigits, shiftFactor, shiftSeverity } from './decimal-factor.ts';
import { shiftedPrice } from './shifted-price.ts';
import { isSetTenfold, tenfoldPayments } from './tenfold.ts';

const fractions: Readonly<Record<number, string>> = {
  10: 'a tenth',
  100: 'a hundredth',
  1000: 'a thousandth',
};

const equalPayments = 2; // in a row are a price, and the same digits with the point elsewhere are no chance
const keptSec = 30 * daySec; // by then a customer has seen it on a statement

export const decimalShift = defineDetector({
  id: 'decimal-shift',
  question: 'Is the decimal point in the wrong place?',
  certainty: 'unusual',
  admits: true,
  resolvesBy: 'amount',
  basis: 'the same digits of the last amounts, with the decimal point elsewhere, are hardly chance',
  nextSteps: [
    'Ask whoever set the amount whether it was meant in whole units: Stripe takes cents, but whole yen, and thousandths of a dinar.',
    {
      ...remediationSteps,
      paid: 'If it is wrong, refund the difference, or ask for the rest, before the customer does.',
    },
  ],
  blindSpots: [
    'Purchases of round sums, such as 5 and then 500: amount-spike reports them, when it has enough history.',
    'Shifts of amounts that vary: amount-spike reports them, when it has enough history.',
    'Ten times or a tenth, where the currency has fewer than three decimals; and where it has three, before five or three equal payments, of seats, and of a price that others pay.',
    'A customer’s first two payments: with nothing to compare, an amount a hundred times too large looks like any other, except for another price of a subscription.',
  ],
  on: ['invoice_drafted', 'invoice_updated', 'invoice_finalized', 'charge_succeeded'],
  yieldsTo: ['discount-change', 'price-drift'],
  judge: (event, record, context) => {
    const judgement =
      shiftedAmount(event, record, context) ??
      ('invoice' in event ? shiftedPrice(event, record, context) : undefined);
    return judgement === undefined ? [] : [judgement];
  },
});

function shiftedAmount(
  event: InvoiceEvent | ChargeEvent,
  record: CustomerRecord,
  { calibration, settings }: Context,
): Judgement | undefined {
  const { seen } = amountObservation(event);
  const earlier = amountsLike(event, record);
  if (wasExpected(earlier, (value) => value === seen.value)) return;
  const price = constantPrice(earlier);
  if (price === undefined || price.amountMinor === seen.value) return;
  if ('charge' in event && isUsualPurchase(event, price.amountMinor, record)) return;
  const { currency, says, money } = wordsOf(event);
  const isUp = seen.value > price.amountMinor;
  const factor = shiftFactor(price.amountMinor, seen.value, currency);
  if (factor === undefined || (factor === 10 && price.count < tenfoldPayments(isUp))) return;
  const atStakeMinor = Math.abs(seen.value - price.amountMinor);
  const leastMinor = approximateUsd(settings.leastAtStakeDollars, currency);
  if (atStakeMinor < leastMinor || isExplained(event, record, factor)) return;
  if (factor === 10 && 'invoice' in event && isSetTenfold(event.invoice, record, calibration.prices)) return;
  const times = isUp ? `exactly ${factor} times` : `exactly ${fractions[factor]} of`;
  return {
    about: 'charge' in event ? event.charge.id : event.invoice.id,
    severity: shiftSeverity(atStakeMinor, currency, isUp),
    severityReason: `${formatMoney(atStakeMinor, currency)} too ${isUp ? 'much' : 'little'} when it is a mistake.`,
    summary: `${says} ${formatMoney(seen.value, currency)}, ${times} the earlier ${formatMoney(price.amountMinor, currency)}.`,
    measure: { kind: 'money', currency, what: 'amount' },
    actual: seen.value,
    typical: price.amountMinor,
    expected: { low: price.amountMinor, high: price.amountMinor },
    boundary: null, // a unit more or less has other digits, and is as far from the usual
    rule: `An amount is flagged when it has the digits of the customer's last ${price.count} ${'charge' in event ? 'payments' : 'invoices'}, which were all the same, with the decimal point elsewhere.`,
    history: historyOf(price),
    breakdown: null,
    atStakeMinor,
    money,
  };
}

/** Purchases are compared with purchases, bills with bills: who pays five a month may give five hundred once. */
function amountsLike(event: InvoiceEvent | ChargeEvent, record: CustomerRecord): Series {
  const { part, key, seen } = amountObservation(event);
  return 'charge' in event
    ? chargesBefore(record, event.charge.currency, seen)
    : historyBefore(record, part, key, seen);
}

/** A sum as people choose it, or one that was paid before and kept: £12 for a pass, and £1,200 for a year. */
function isUsualPurchase({ charge }: ChargeEvent, priceMinor: number, record: CustomerRecord): boolean {
  if (!hasDigits(priceMinor)) return true;
  const { id, currency, createdAtSec, amountCapturedMinor: value } = charge;
  const hash = objectHash(id);
  return unrefundedCharges(record, currency).some(
    (known) =>
      known.hash !== hash &&
      known.value === value &&
      known.atSec < createdAtSec - keptSec &&
      isCountable(known),
  );
}

/** The amount is someone else's to judge, or a hundred of the same thing, or ten. */
function isExplained(event: InvoiceEvent | ChargeEvent, record: CustomerRecord, factor: number): boolean {
  if ('invoice' in event) {
    const { lines, startingBalanceMinor } = event.invoice;
    const many = Math.min(factor, 100);
    const isMany = lines.some(({ quantity, metered }) => metered || Number(quantity) >= many);
    // What a change of plan or a balance has left of an amount has its digits by chance.
    const isLeftOver = lines.some(({ proration }) => proration === true) || (startingBalanceMinor ?? 0) !== 0;
    return isMany || isLeftOver || !canStillMatter(event);
  }
  return !isOwnPayment(event, record);
}

function wordsOf(event: InvoiceEvent | ChargeEvent) {
  if ('charge' in event) {
    const says = `${customerLabel(event)} was charged`;
    return { currency: event.charge.currency, says, money: chargeMoneyState(event.charge) };
  }
  const says = `${invoiceLabel(event.invoice)} to ${customerLabel(event)} is`;
  return { currency: event.invoice.currency, says, money: moneyState(event.invoice) };
}

function constantPrice(series: Series) {
  const counted = series.filter((seen) => seen.value > 0 && isCountable(seen));
  const amountMinor = counted.at(-1)?.value;
  const count = counted.length - 1 - counted.findLastIndex(({ value }) => value !== amountMinor);
  return amountMinor === undefined || count < equalPayments ? undefined : { amountMinor, count, counted };
}

function historyOf({ amountMinor, counted }: { amountMinor: number; counted: Series }): History {
  const points = counted
    .slice(-24)
    .map(({ atSec, value }) => ({ atSec, value, usual: value === amountMinor }));
  return { count: counted.length, points };
}

export { examples } from './decimal-shift-examples.ts';
