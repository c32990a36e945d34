import type { InvoiceEvent } from '../../../../lib/domain/events/billing-event.ts';
import { normalizeEvent } from '../../../../lib/stripe/event/normalize.ts';
import type { Bill, Shape } from '../../../fixtures/bills/bill.ts';
import { lawfulBill } from '../../../fixtures/bills/lawful-invoices.ts';
import { stripeInvoiceEvent } from '../../../fixtures/bills/stripe-invoice.ts';
import { draftInvoiceEvent } from '../../../fixtures/stripe-delivery.ts';

const receivedAtSec = 1_780_000_009;

function invoiceEvent(event: object): InvoiceEvent {
  const normalized = normalizeEvent(event, receivedAtSec);
  if (normalized.kind !== 'event' || !('invoice' in normalized.event)) throw new Error(normalized.kind);
  return normalized.event;
}

function invoiceOf(invoiceChanges: object) {
  return invoiceEvent(draftInvoiceEvent({}, invoiceChanges)).invoice;
}

function lineOf(changes: object) {
  const period = { start: 1_767_225_600, end: 1_769_904_000 };
  const line = { id: 'il_1', amount: 500, currency: 'usd', period, ...changes };
  return invoiceOf({ lines: { data: [line], has_more: false } }).lines[0];
}

/** What only one of the shapes can say, made unknown. */
function shared(bill: Bill, shape: Shape) {
  const event = invoiceEvent(stripeInvoiceEvent(bill, shape));
  const { pretaxCredits, lines, ...invoice } = event.invoice;
  return {
    ...event,
    invoice,
    lines: lines.map(({ pricing, quantity, quantityIsExact, unitAmountMinor, ...line }, index) => ({
      ...line,
      unitAmountMinor: bill.lines[index]?.scheme === 'other_currency' ? null : unitAmountMinor,
      quantity: String(Math.trunc(Number(quantity))),
    })),
  };
}

describe('the shapes of Stripe', () => {
  it('say the same of an invoice, before 2025, today and in events with the fields of both', () => {
    for (let seed = 0; seed < 500; seed += 1) {
      const bill = lawfulBill(seed);
      expect(shared(bill, 'old')).toEqual(shared(bill, 'new'));
      const { pricing: _, ...fromMixed } =
        invoiceEvent(stripeInvoiceEvent(bill, 'mixed')).invoice.lines[0] ?? {};
      const { pricing: __, ...fromNew } =
        invoiceEvent(stripeInvoiceEvent(bill, 'new')).invoice.lines[0] ?? {};
      expect(fromMixed).toEqual(fromNew);
    }
  });

  it.each([
    [
      'a price in its own currency',
      { price: { id: 'p', currency: 'usd', unit_amount_decimal: '900' } },
      '900',
    ],
    [
      'a price in another currency',
      { price: { id: 'p', currency: 'eur', unit_amount_decimal: '900' } },
      null,
    ],
    ['a plan in another currency', { plan: { id: 'p', currency: 'eur', amount: 900 } }, null],
    ['a price that names none', { price: { id: 'p', unit_amount: 900 } }, '900'],
    [
      'both shapes',
      {
        price: { id: 'p', currency: 'eur', unit_amount_decimal: '900' },
        pricing: { unit_amount_decimal: '980', price_details: { price: 'p' } },
      },
      '980',
    ],
  ])('give a line’s unit amount in the line’s currency: %s', (_name, changes, unitAmountMinor) => {
    expect(lineOf(changes)).toMatchObject({ price: 'p', unitAmountMinor });
  });

  it('leave unknown what they do not say: never zero', () => {
    expect(invoiceOf({ lines: undefined })).toEqual({
      id: 'in_1',
      number: null,
      currency: 'usd',
      status: 'draft',
      createdAtSec: 1_767_225_600,
      finalizesAtSec: null,
      finalizesAtIs: 'unsaid',
      dueAtSec: null,
      collectionMethod: null,
      attachedDiscounts: null,
      billingReason: null,
      subscription: null,
      isRevision: false,
      amountDueMinor: 4900,
      amountPaidMinor: null,
      amountRemainingMinor: null,
      totalMinor: 4900,
      totalExcludingTaxMinor: null,
      subtotalMinor: null,
      startingBalanceMinor: null,
      endingBalanceMinor: null,
      prePaymentCreditNotesMinor: null,
      hasShipping: false,
      discounts: null,
      pretaxCredits: null,
      taxes: null,
      linesComplete: false,
      lines: [],
    });
  });

  it.each([
    [{ shipping_cost: { amount_total: 0 } }, true],
    [{ shipping_cost: null, amount_shipping: 500 }, true],
    [{ shipping_cost: null, amount_shipping: 0 }, false],
  ])('see shipping in %j: %p', (changes, hasShipping) => {
    expect(invoiceOf(changes).hasShipping).toBe(hasShipping);
  });

  it.each([
    [
      'parent.subscription_details',
      { parent: { subscription_details: { subscription: 'sub_new' } }, subscription: 'sub_old' },
      'sub_new',
    ],
    ['the old path', { parent: null, subscription: 'sub_old' }, 'sub_old'],
    ['an expanded object', { subscription: { id: 'sub_expanded' } }, 'sub_expanded'],
    ['nowhere', { parent: { subscription_details: null } }, null],
  ])('read the subscription from %s', (_path, changes, subscription) => {
    expect(invoiceOf(changes).subscription).toBe(subscription);
  });

  it.each([
    ['quantity_decimal', { quantity: 12, quantity_decimal: '12.7' }, '12.7', true],
    ['the quantity, which has no decimals', { quantity: 12, quantity_decimal: null }, '12', true],
    ['the quantity, which older shapes truncate', { quantity: 12 }, '12', false],
    ['nowhere', {}, null, false],
  ])('read the quantity from %s', (_path, changes, quantity, quantityIsExact) => {
    expect(lineOf(changes)).toMatchObject({ quantity, quantityIsExact });
  });

  it.each([
    [
      'pricing',
      { pricing: { unit_amount_decimal: '14.561' }, price: { unit_amount_decimal: '9' } },
      '14.561',
    ],
    ['price', { price: { unit_amount: 9 } }, '9'],
    ['plan', { plan: { amount_decimal: '0.5' } }, '0.5'],
    ['nowhere: tiers have none', { pricing: { unit_amount_decimal: null } }, null],
  ])('read the unit amount from %s', (_path, changes, unitAmountMinor) => {
    expect(lineOf(changes)?.unitAmountMinor).toBe(unitAmountMinor);
  });
});

describe('the pricing of a line', () => {
  const price = { billing_scheme: 'per_unit', currency: 'usd', transform_quantity: null, recurring: null };
  const ownUnit = { price_details: { price: 'price_1' }, unit_amount_decimal: '900' };
  const monthly = { ...price, recurring: { interval: 'month', interval_count: 1 } };
  const quarter = { start: 1_767_225_600, end: 1_767_225_600 + 90 * 86_400 };
  it.each([
    ['per unit by its Price', { price }, 'per_unit'],
    ['per unit for the month of its Price', { price: monthly }, 'per_unit'],
    ['unknown for three months of a Price by the month', { price: monthly, period: quarter }, null],
    [
      'per unit for the three months of its Price',
      { price: { ...price, recurring: { interval: 'month', interval_count: 3 } }, period: quarter },
      'per_unit',
    ],
    ['per unit by a Price paid once, whatever the period', { price, period: quarter }, 'per_unit'],
    ['unknown by a Price of an unknown interval', { price: { ...price, recurring: {} } }, null],
    [
      'per unit by its plan of old',
      { plan: { billing_scheme: 'per_unit', currency: 'usd', transform_usage: null, interval: 'month' } },
      'per_unit',
    ],
    ['tiered', { price: { ...price, billing_scheme: 'tiered' } }, 'not_per_unit'],
    ['by packages', { price: { ...price, transform_quantity: { divide_by: 10 } } }, 'not_per_unit'],
    ['unknown, as the amount is of another currency', { price: { ...price, currency: 'eur' } }, null],
    ['unknown in today’s shape', { pricing: ownUnit, parent: { subscription_item_details: {} } }, null],
    [
      'per unit or by packages in today’s one-off line',
      { pricing: ownUnit, parent: { invoice_item_details: {} } },
      'per_unit_or_package',
    ],
    [
      'unknown in a one-off line without its unit amount',
      { pricing: { ...ownUnit, unit_amount_decimal: null }, parent: { invoice_item_details: {} } },
      null,
    ],
  ])('is %s', (_name, changes, pricing) => {
    expect(lineOf(changes)?.pricing).toBe(pricing);
  });
});

describe('a line billed by usage', () => {
  const parent = { subscription_item_details: { subscription_item: 'si_1', proration: false } };
  const arrears = { start: 1_767_225_600 - 30 * 86_400, end: 1_767_225_600 };
  it.each([
    ['is one whose old price says so', { price: { recurring: { usage_type: 'metered' } } }, true],
    [
      'is none whose old price says so',
      { price: { recurring: { usage_type: 'licensed' } }, parent, period: arrears },
      false,
    ],
    ['is one whose plan says so', { plan: { usage_type: 'metered' } }, true],
    ['is one whose period lies behind', { parent, period: arrears }, true],
    ['is none whose period begins with the invoice', { parent }, false],
    [
      'is none of a day that begins with the invoice',
      { parent, period: { start: 1_767_225_600, end: 1_767_225_600 + 86_400 } },
      false,
    ],
    [
      'is none that is a proration',
      {
        parent: { subscription_item_details: { subscription_item: 'si_1', proration: true } },
        period: arrears,
      },
      false,
    ],
    ['is none without a subscription', { period: arrears }, false],
  ])('%s', (_name, changes, metered) => {
    expect(lineOf(changes)?.metered).toBe(metered);
  });
});

describe('taxes', () => {
  const rate = { id: 'txr_1', percentage: 8.875, rate_type: 'percentage', effective_percentage: null };
  const taxes = [
    { amount: 5, tax_behavior: 'exclusive', tax_rate_details: { tax_rate: 'txr_1' }, taxable_amount: 56 },
  ];
  it.each([
    ['know their percentage from the default rates', { default_tax_rates: [rate] }, '8.875'],
    [
      'do not when the effective one differs',
      { default_tax_rates: [{ ...rate, effective_percentage: 8 }] },
      null,
    ],
    ['do not when it is a flat fee', { default_tax_rates: [{ ...rate, rate_type: 'flat_amount' }] }, null],
    ['do not when the rate is not there', {}, null],
  ])('%s', (_name, changes, percentage) => {
    expect(invoiceOf({ total_taxes: taxes, ...changes }).taxes).toEqual([
      { amountMinor: 5, inclusive: false, rate: 'txr_1', reason: null, taxableMinor: 56, percentage },
    ]);
  });

  it('are unknown as a whole when one of them is unreadable', () => {
    expect(
      invoiceOf({ total_taxes: [...taxes, { amount: '5', tax_behavior: 'exclusive' }] }).taxes,
    ).toBeNull();
    expect(
      invoiceOf({ total_taxes: [...taxes, { amount: 5, tax_behavior: 'unspecified' }] }).taxes,
    ).toBeNull();
  });
});
