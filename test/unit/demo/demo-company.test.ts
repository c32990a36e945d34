import { demoEvents } from '../../../infra/local/demo/demo-company.ts';
import type { StripeEvent } from '../../../infra/local/demo/stripe-event.ts';
import type { StripeInvoice } from '../../../infra/local/demo/stripe-invoice.ts';

const todaySec = Date.UTC(2026, 10, 23, 9, 30) / 1000;
const { history, today } = demoEvents({ todaySec });
const all = [...history, ...today];

const invoicesIn = (events: readonly StripeEvent[]): readonly StripeInvoice[] =>
  events.map((event) => event.data.object).filter((object) => object.object === 'invoice');
const chargesIn = (events: readonly StripeEvent[]) =>
  events
    .filter((event) => event.type === 'charge.succeeded')
    .map((event) => event.data.object)
    .filter((object) => object.object === 'charge');
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const amounts = (rows: readonly { readonly amount: number }[]) => sum(rows.map((row) => row.amount));

/** The sums that a reader with a pocket calculator would check. */
function addsUp(invoice: StripeInvoice): boolean {
  const lines = invoice.lines.data;
  const tax = amounts(invoice.total_taxes);
  return (
    invoice.total === amounts(lines) - amounts(invoice.total_discount_amounts) + tax &&
    invoice.total_excluding_tax === invoice.total - tax &&
    invoice.subtotal === amounts(lines) &&
    tax === sum(lines.map((line) => amounts(line.taxes))) &&
    amounts(invoice.total_pretax_credit_amounts) ===
      sum(lines.map((line) => amounts(line.discount_amounts))) &&
    invoice.amount_due === invoice.total &&
    invoice.amount_remaining === invoice.amount_due - invoice.amount_paid &&
    lines.every(
      (line) =>
        line.parent.subscription_item_details.proration ||
        Math.abs(line.amount - Number(line.pricing.unit_amount_decimal) * line.quantity) < 1,
    )
  );
}

it('gives the same events for the same moment', () => {
  expect(demoEvents({ todaySec })).toEqual({ history, today });
});

it('is a company of about forty customers, large enough to learn from and quick to play', () => {
  const customers = new Set(all.map(({ data }) => ('customer' in data.object ? data.object.customer : '')));
  expect(customers.size).toBeGreaterThanOrEqual(36);
  expect(history.length).toBeGreaterThan(1_900);
  expect(history.length).toBeLessThan(2_600);
  expect(today.length).toBeLessThan(30);
});

it('bills in four currencies', () => {
  expect(new Set(invoicesIn(history).map(({ currency }) => currency))).toEqual(
    new Set(['usd', 'eur', 'jpy', 'kwd']),
  );
});

it('has events in order of time, the history before today and today before now', () => {
  const times = all.map(({ created }) => created);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(history.at(-1)?.created).toBeLessThan(todaySec - 86_400);
  expect(today[0]?.created).toBeGreaterThan(todaySec - 3 * 3600);
  expect(times.at(-1)).toBeLessThanOrEqual(todaySec);
});

it('repeats no event id, but for the one webhook that is delivered four times', () => {
  const deliveries = new Map<string, number>();
  for (const { id } of all) deliveries.set(id, (deliveries.get(id) ?? 0) + 1);
  expect([...deliveries.values()].filter((count) => count > 1)).toEqual([4]);
});

it('names each object once in each change', () => {
  const changes = new Set(all.map(({ type, data }) => `${type} ${data.object.id}`));
  expect(changes.size).toBe(all.length - 3);
});

it('adds up on every invoice, but for the one whose tax is in its total twice', () => {
  const wrong = invoicesIn(all).filter((invoice) => !addsUp(invoice));
  expect(wrong.map(({ customer_name, status }) => [customer_name, status])).toEqual([
    ['Weidental Maschinenbau GmbH', 'draft'],
  ]);
});

it('charges what is due', () => {
  const paid = invoicesIn(all.filter(({ type }) => type === 'invoice.paid'));
  const charged = chargesIn(all).filter(({ description }) => description !== 'Message credits');
  expect(sum(paid.map(({ amount_due }) => amount_due))).toBe(sum(charged.map(({ amount }) => amount)));
  expect(paid.length).toBe(charged.length);
});

it('puts the calls of a metered customer into a period that is over', () => {
  const metered = invoicesIn(all).flatMap(({ created, lines }) =>
    lines.data
      .filter((line) => line.description.includes('API calls'))
      .map((line) => created - line.period.end),
  );
  expect(metered.length).toBeGreaterThan(50);
  expect(metered.every((sinceEndSec) => sinceEndSec >= 0)).toBe(true);
});

it('has no honest bill of twice the one before', () => {
  const latest = new Map<string, number>();
  for (const { customer, amount_due } of invoicesIn(
    history.filter(({ type }) => type === 'invoice.created'),
  )) {
    expect(amount_due).toBeLessThan(2 * (latest.get(customer) ?? Number.POSITIVE_INFINITY));
    latest.set(customer, amount_due);
  }
});

it('holds the upgrades with their proration, the declined payments and the coupons', () => {
  const created = invoicesIn(history.filter(({ type }) => type === 'invoice.created'));
  const prorated = created.filter(({ lines }) =>
    lines.data.some((line) => line.parent.subscription_item_details.proration),
  );
  expect(prorated.map(({ lines }) => lines.data.length)).toEqual([3, 3]);
  expect(history.filter(({ type }) => type === 'invoice.payment_failed').length).toBe(3);
  expect(created.some(({ discounts, total_taxes }) => discounts.length > 0 && total_taxes.length > 0)).toBe(
    true,
  );
});

describe('today', () => {
  const draftOf = (name: string) =>
    invoicesIn(today).find((invoice) => invoice.customer_name === name && invoice.status === 'draft');
  const usualDue = (name: string) =>
    invoicesIn(history).findLast((invoice) => invoice.customer_name === name)?.amount_due ?? Number.NaN;
  const callsOn = (invoice: StripeInvoice | undefined) =>
    sum(invoice?.lines.data.map((line) => line.quantity) ?? []);

  it('drafts ten times the seats, 47 minutes before Stripe finalises it', () => {
    const draft = draftOf('Copperline Logistics');
    expect(draft?.amount_due).toBe(10 * usualDue('Copperline Logistics'));
    expect(draft?.automatically_finalizes_at).toBe(todaySec + 47 * 60);
  });

  it('counts the calls of one customer four times', () => {
    const usual = invoicesIn(history).filter((invoice) => invoice.customer_name === 'Hexley Maps');
    const calls = callsOn(draftOf('Hexley Maps'));
    expect(calls % 4).toBe(0);
    expect(calls / callsOn(usual.at(-1))).toBeGreaterThan(3.5);
    expect(calls / callsOn(usual.at(-1))).toBeLessThan(4.5);
  });

  it('charges credits at a hundred times their price in yen', () => {
    const [charge] = chargesIn(today).filter(({ currency }) => currency === 'jpy');
    expect(charge?.amount).toBe(4_800_000);
  });
});

it.each(['2026-03-31T23:59:00Z', '2028-02-29T00:00:30Z', '2027-01-01T00:00:00Z'])(
  'keeps to the order of time and to its sums on %s',
  (now) => {
    const nowSec = Date.parse(now) / 1000;
    const events = demoEvents({ todaySec: nowSec });
    const times = [...events.history, ...events.today].map(({ created }) => created);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(
      invoicesIn([...events.history, ...events.today]).filter((invoice) => !addsUp(invoice)).length,
    ).toBe(1);
  },
);
