import { lawfulBill } from '../fixtures/bills/lawful-invoices.ts';
import { stripeInvoiceEvent } from '../fixtures/bills/stripe-invoice.ts';
import { stripeLife } from '../fixtures/lives/stripe-life.ts';
import { seeded } from '../fixtures/seeded.ts';

/** 2026-11-23, 15:00 UTC. */
export const startSec = 1_795_446_000;

const envelope = {
  object: 'event',
  api_version: '2026-10-28.endive',
  created: startSec - 60,
  livemode: true,
};
const money = { customer: 'cus_1', currency: 'usd', amount: 4_900, created: startSec - 60 };

function event(type: string, object: object): object {
  return { ...envelope, id: `evt_${type.replaceAll('.', '_')}`, type, data: { object } };
}

const others = [
  event('charge.dispute.created', { id: 'du_1', charge: 'ch_1', reason: 'fraudulent', ...money }),
  event('payout.failed', { id: 'po_1', failure_code: 'account_closed', ...money }),
  event('credit_note.created', { id: 'cn_1', invoice: 'in_1', ...money }),
  event('radar.early_fraud_warning.created', { charge: 'ch_1', actionable: true, fraud_type: 'misc' }),
  event('customer.created', { id: 'cus_1', name: 'Acme' }),
  {
    id: 'evt_thin',
    object: 'v2.core.event',
    type: 'v1.billing.meter.error_report_triggered',
    livemode: true,
    created: '2026-11-23T14:59:00.000Z',
    related_object: { id: 'mtr_1', type: 'billing.meter', url: '/v1/billing/meters/mtr_1' },
  },
];

const life = stripeLife(seeded(1), startSec, { customers: 6, months: 4 }).events.slice(0, 120);

/** What went before, all of one customer, so that what is spoiled is compared with something. */
export const historyEvents: readonly object[] = life.map((one, index) => {
  const { object } = Object(one.data);
  return { ...one, id: `evt_history_${index}`, data: { object: { ...object, customer: 'cus_1' } } };
});

/** One true event of every kind, old shapes and new, as JSON: what rubbish is made of. */
export const eventTemplates: readonly string[] = [
  ...life,
  ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((seed) =>
    (['old', 'new', 'mixed'] as const).map((shape) => stripeInvoiceEvent(lawfulBill(seed), shape)),
  ),
  ...others,
].map((one) => JSON.stringify(one));
