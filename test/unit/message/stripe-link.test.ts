import { render } from '../../../lib/message/email/render.ts';
import { stripeLink } from '../../../lib/message/stripe-link.ts';
import { draftSpike, options } from './sample-findings.ts';

it.each([
  ['in_1', 'Open this invoice in Stripe', 'invoices/in_1'],
  ['sub_1', 'Open this subscription in Stripe', 'subscriptions/sub_1'],
  ['mtr_1', 'Open this meter in Stripe', 'meters/mtr_1'],
  ['po_1', 'Open this payout in Stripe', 'payouts/po_1'],
  ['ch_1', 'Open this payment in Stripe', 'payments/ch_1'],
  ['disputes', 'Open disputes in Stripe', 'disputes'],
])('leads from %s to its page', (object, label, page) => {
  expect(stripeLink({ account: 'self', livemode: true, object })).toEqual({
    label,
    url: `https://dashboard.stripe.com/${page}`,
  });
});

it('leads to an object whose id is as long as one can be', () => {
  const object = 'in_'.padEnd(255, 'x');
  expect(render({ ...draftSpike, object }, options).text).toContain(`/invoices/${object}\n`);
});
