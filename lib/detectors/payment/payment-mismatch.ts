import type { ChargeEvent, InvoiceEvent } from '../../domain/events/billing-event.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import { invoiceLabel } from '../../domain/events/invoice-label.ts';
import { objectHash } from '../../domain/events/object-hash.ts';
import type { Judgement, Severity } from '../../domain/finding/finding.ts';
import type { MoneyState } from '../../domain/finding/money-state.ts';
import { chargeMoneyState, moneyState } from '../../domain/finding/money-state.ts';
import { approximateUsd } from '../../domain/money/approximate-usd.ts';
import { formatMoney } from '../../domain/money/money.ts';
import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import { matchesAnotherAmount } from '../../domain/record/matches-another-amount.ts';
import { amountObservation } from '../../domain/record/observations-of.ts';
import type { Observation, Series } from '../../domain/record/series.ts';
import { seriesKey } from '../../domain/record/series-key.ts';
import { hourSec } from '../../domain/time.ts';
import { invoicedAmounts } from '../baseline/comparable-amounts.ts';
import { defineDetector } from '../define.ts';
import {
  type Example,
  type Examples,
  exampleCharge,
  exampleInvoice,
  monthAtSec,
} from '../examples/example-events.ts';

const lowDollars = 20; //    less at stake is of low severity, about, in any currency
const highDollars = 1000; // more is of critical severity when the customer paid too much

export const paymentMismatch = defineDetector({
  id: 'payment-mismatch',
  question: 'Did the charge that paid this invoice take another amount?',
  certainty: 'unusual',
  basis: 'a charge in the seconds in which an invoice becomes paid nearly always is its payment',
  nextSteps: [
    'Open the charge and the invoice in Stripe and check that the one paid the other.',
    'If the customer paid too much, refund the difference; if too little, ask for the rest or write it off with a credit note.',
    'Ask who set the amount: code that makes its own payment for an invoice must take it from amount_remaining.',
  ],
  blindSpots: [
    'An invoice whose payment and whose change to paid are more than seconds apart: charges do not name their invoice.',
    'A wrong amount that happens to be the amount of another open invoice, or a sum that adds up.',
    'It can take for one another an invoice marked as paid by hand and a purchase made in the same seconds.',
  ],
  needsRealTime: true,
  on: ['charge_succeeded', 'invoice_paid'],
  judge: (event, record) => ('charge' in event ? judgeCharge(event, record) : judgeInvoice(event, record)),
});

function judgeCharge(event: ChargeEvent, record: CustomerRecord): readonly Judgement[] {
  const { charge } = event;
  const { seen } = amountObservation(event);
  const invoices = invoicedAmounts(record, charge.currency);
  const charges = chargesWith(record, charge.currency, seen);
  const named = charge.invoice === null ? undefined : objectHash(charge.invoice);
  const invoice = invoices.find(
    (other) =>
      (named === undefined || named === other.hash) && matchesAnotherAmount(seen, other, charges, invoices),
  );
  if (invoice === undefined) return [];
  const money = (minor: number): string => formatMoney(minor, charge.currency);
  const summary = `${customerLabel(event)} was charged ${money(seen.value)} for an invoice of ${money(invoice.value)}.`;
  const found = judgement(seen, invoice, summary, chargeMoneyState(charge));
  return [named === undefined ? found : { ...found, ...whenNamed }];
}

function judgeInvoice(event: InvoiceEvent, record: CustomerRecord): readonly Judgement[] {
  const { invoice } = event;
  const { seen } = amountObservation(event);
  const invoices = [...invoicedAmounts(record, invoice.currency).filter(isNot(seen)), seen];
  const charges = record.charges.get(seriesKey.charge(invoice.currency)) ?? [];
  const charge = charges.find((other) => matchesAnotherAmount(other, seen, charges, invoices));
  if (charge === undefined) return [];
  const money = (minor: number): string => formatMoney(minor, invoice.currency);
  const summary =
    `${invoiceLabel(invoice)} to ${customerLabel(event)} is ${money(seen.value)}, ` +
    `but the charge that paid it took ${money(charge.value)}.`;
  return [judgement(charge, seen, summary, moneyState(invoice))];
}

function chargesWith(record: CustomerRecord, currency: string, seen: Observation): Series {
  return [...(record.charges.get(seriesKey.charge(currency)) ?? []).filter(isNot(seen)), seen];
}

function isNot(seen: Observation): (other: Observation) => boolean {
  return (other) => other.hash !== seen.hash;
}

function judgement(charge: Observation, invoice: Observation, summary: string, money: MoneyState): Judgement {
  const { currency } = money;
  const overMinor = charge.value - invoice.value;
  const atStakeMinor = Math.abs(overMinor);
  const apart = `${formatMoney(atStakeMinor, currency)} too ${overMinor > 0 ? 'much' : 'little'}`;
  return {
    about: String(invoice.hash),
    severity: severityOf(overMinor, currency),
    severityReason: `The customer has paid ${apart}.`,
    summary,
    headline: `charged ${formatMoney(charge.value, currency)} for an invoice of ${formatMoney(invoice.value, currency)}`,
    measure: { kind: 'money', currency, what: 'amount charged' },
    actual: charge.value,
    expected: { low: invoice.value, high: invoice.value },
    boundary: invoice.value,
    farBoundary: invoice.value,
    rule:
      'A charge that succeeds in the seconds in which an invoice becomes paid is taken for its payment and must be ' +
      'its amount due, unless another charge is, or payments in parts or for several invoices add up.',
    history: { count: 0, points: [] },
    breakdown: null,
    atStakeMinor,
    money,
  };
}

/** Charges of API versions before 2025 name the invoice that they pay. */
const whenNamed = {
  basis: 'the charge names this invoice as the one that it pays',
  rule:
    'A charge that names an invoice, and succeeds in the seconds in which it becomes paid, must be its amount due, ' +
    'unless another charge is, or payments in parts or for several invoices add up.',
};

/** Money taken and not owed is the customer's to complain about; too little is only ours. */
function severityOf(overMinor: number, currency: string): Severity {
  if (Math.abs(overMinor) < approximateUsd(lowDollars, currency)) return 'low';
  if (overMinor < 0) return 'medium';
  return overMinor >= approximateUsd(highDollars, currency) ? 'critical' : 'high';
}

export const examples: Examples = () => {
  const paidAtSec = monthAtSec(0) + hourSec;
  const paid = exampleInvoice(0, 41_000, { status: 'paid' }, 'invoice_paid');
  const charged = (amountMinor: number, id = 'ch_0', atSec = paidAtSec - 2) =>
    exampleCharge(0, amountMinor, { id, createdAtSec: atSec });
  const example = (name: string, history: Example['history'], event: Example['event']): Example => {
    return { name, history, event };
  };
  const second = exampleInvoice(0, 9_000, { id: 'in_second', status: 'paid' }, 'invoice_paid');
  return {
    fires: [
      example('an invoice paid by half of it', [paid], charged(20_500)),
      example('the same, when the charge is known first', [charged(20_500)], paid),
      example(
        'a charge of the old shape that names its invoice',
        [paid],
        exampleCharge(0, 82_000, { createdAtSec: paidAtSec, invoice: 'in_0' }),
      ),
    ],
    quiet: [
      example('an invoice paid by its amount', [paid], charged(41_000)),
      example(
        'an invoice paid in two parts',
        [charged(20_000, 'ch_part', paidAtSec - 1800), paid],
        charged(21_000),
      ),
      example(
        'two invoices paid in the same second',
        [paid, second, charged(9_000)],
        charged(41_000, 'ch_1'),
      ),
      example('one payment for two invoices', [paid, second], charged(50_000)),
      example('a purchase next to a paid invoice', [paid, charged(41_000)], charged(2_000, 'ch_1')),
      example(
        'an invoice paid by bank, and a purchase later',
        [paid],
        charged(2_000, 'ch_1', paidAtSec + 60),
      ),
      example('an invoice that the balance has paid', [charged(2_000)], {
        ...paid,
        invoice: { ...paid.invoice, amountDueMinor: 0 },
      }),
    ],
  };
};
