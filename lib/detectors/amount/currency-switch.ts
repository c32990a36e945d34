import { hasOtherCurrency, paymentsByCurrency } from '../../domain/account/payments-by-currency.ts';
import type { ChargeEvent, InvoiceEvent } from '../../domain/events/billing-event.ts';
import { canStillMatter } from '../../domain/events/can-still-matter.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import { invoiceLabel } from '../../domain/events/invoice-label.ts';
import { objectHash } from '../../domain/events/object-hash.ts';
import { chargeMoneyState, moneyState } from '../../domain/finding/money-state.ts';
import { formatMoney } from '../../domain/money/money.ts';
import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import { defineDetector } from '../define.ts';
import { type Examples, exampleCharge, exampleInvoice, monthly } from '../examples/example-events.ts';
import { remediationSteps } from '../finding/remediation-steps.ts';
import { stakeSeverity } from '../finding/stake-severity.ts';

/**
 * Payments in one currency before another is news. A customer who uses two by chance begins with four alike in 1 case
 * of 8, and only once; and few use two at all.
 */
const payments = 4;
/** The same of a renewal: Stripe never changes the currency of a subscription, so it takes less to be sure. */
const renewals = 3;

export const currencySwitch = defineDetector({
  id: 'currency-switch',
  question: 'Is this the customer’s usual currency?',
  certainty: 'unusual',
  admits: true,
  nextSteps: [
    'Ask whoever set up the price or the payment whether the customer has agreed to the new currency.',
    { ...remediationSteps, paid: 'If not, refund it and charge the amount in the right currency.' },
  ],
  blindSpots: [
    'A switch early in a customer’s life: with fewer payments there is no usual currency.',
    'A wrong currency of a customer who really uses several, and a second wrong payment in the same currency.',
  ],
  on: ['invoice_drafted', 'invoice_finalized', 'charge_succeeded'],
  judge: (event, record) => {
    if ('invoice' in event && !canStillMatter(event)) return [];
    const { currency } = 'charge' in event ? event.charge : event.invoice;
    if (!hasOtherCurrency(record, currency)) return []; // nearly always, and cheap to check
    const payment = paymentOf(event);
    if (payment.amountMinor <= 0) return [];
    const usual = usualCurrency(payment, record);
    if (usual === undefined || usual.count < payment.needed) return [];
    const { amountMinor } = payment;
    const [now, before] = [currency.toUpperCase(), usual.currency.toUpperCase()];
    return [
      {
        about: currency,
        severity: stakeSeverity(amountMinor, currency),
        severityReason: `${formatMoney(amountMinor, currency)} may be in the wrong currency.`,
        summary: `${payment.says} ${formatMoney(amountMinor, currency)} in ${now}; the ${usual.count} ${usual.things} before were all in ${before}.`,
        headline: `bills in ${now}, always ${before} before: ${formatMoney(amountMinor, currency)}`,
        measure: {
          kind: 'quantity',
          unit: '',
          what: `${'charge' in event ? 'payments' : 'invoices'} in ${now} so far`,
        },
        actual: 1,
        expected: { low: 0, high: 0 },
        boundary: null, // a payment is in one currency or in another
        rule:
          `The first payment or invoice in a currency is flagged after ${payments} payments or invoices (${renewals} when ` +
          'a subscription renews) that were all in one other currency.',
        history: { count: usual.count, points: [] },
        breakdown: null,
        atStakeMinor: amountMinor,
        money: payment.money,
      },
    ];
  },
});

function paymentOf(event: InvoiceEvent | ChargeEvent) {
  if ('charge' in event) {
    const { charge } = event;
    return {
      ...charge,
      amountMinor: charge.amountCapturedMinor,
      needed: payments,
      says: `${customerLabel(event)} was charged`,
      money: chargeMoneyState(charge),
    };
  }
  const { invoice } = event;
  return {
    ...invoice,
    amountMinor: invoice.amountDueMinor,
    needed: invoice.billingReason === 'subscription_cycle' ? renewals : payments,
    says: `${invoiceLabel(invoice)} to ${customerLabel(event)} is`,
    money: moneyState(invoice),
  };
}

/** The one currency of all that the customer paid before; undefined when there are several, or this one is known. */
function usualCurrency(
  { id, currency, createdAtSec }: { id: string; currency: string; createdAtSec: number },
  record: CustomerRecord,
): { currency: string; count: number; things: 'payments' | 'invoices' } | undefined {
  const hash = objectHash(id);
  const used = [...paymentsByCurrency(record)].flatMap(([name, { charges, invoices }]) => {
    const isOther = (other: { atSec: number; hash: number }): boolean =>
      other.hash !== hash && (name === currency || other.atSec <= createdAtSec);
    const [paid, billed] = [charges.filter(isOther).length, invoices.filter(isOther).length];
    const things = paid >= billed ? ('payments' as const) : ('invoices' as const);
    const count = Math.max(paid, billed); // an invoice and its payment are one
    return count === 0 ? [] : [{ currency: name, count, things }];
  });
  const [usual] = used;
  return used.length === 1 && usual?.currency !== currency ? usual : undefined;
}

export const examples: Examples = () => {
  const five = [4_900, 4_900, 5_900, 4_900, 4_900];
  const inYen = { currency: 'jpy' };
  const yen = (month: number, amountMinor: number) => exampleCharge(month, amountMinor, inYen);
  return {
    fires: [
      {
        name: 'a purchase in yen after four in dollars',
        history: monthly(exampleCharge, five.slice(0, 4)),
        event: yen(4, 4_900),
      },
      {
        name: 'a renewal in yen after three in dollars',
        history: monthly(exampleInvoice, five.slice(0, 3)),
        event: exampleInvoice(3, 4_900, inYen),
      },
      {
        name: 'the same when it is finalised',
        history: [...monthly(exampleInvoice, five.slice(0, 3)), exampleInvoice(3, 4_900, inYen)],
        event: exampleInvoice(3, 4_900, inYen, 'invoice_finalized'),
      },
    ],
    quiet: [
      {
        name: 'its charge: the invoice has said it',
        history: [...monthly(exampleInvoice, five), exampleInvoice(5, 4_900, inYen)],
        event: yen(5, 4_900),
      },
      { name: 'the usual currency', history: monthly(exampleCharge, five), event: exampleCharge(5, 4_900) },
      {
        name: 'a purchase in yen after three in dollars',
        history: monthly(exampleCharge, five.slice(0, 3)),
        event: yen(3, 4_900),
      },
      {
        name: 'a customer who uses both',
        history: [yen(0, 4_900), ...monthly(exampleCharge, five).slice(1)],
        event: yen(5, 4_900),
      },
      {
        name: 'a third currency of a customer who uses two',
        history: [...monthly(exampleCharge, five), yen(5, 4_900)],
        event: exampleCharge(6, 4_900, { currency: 'eur' }),
      },
      {
        name: 'a trial in yen, which costs nothing',
        history: monthly(exampleInvoice, five),
        event: exampleInvoice(5, 0, inYen),
      },
    ],
  };
};
