import {
  exampleInvoice,
  exampleSubscription,
  monthAtSec,
} from '../../../lib/detectors/examples/example-events.ts';
import { render } from '../../../lib/message/email/render.ts';
import { parseFinding } from '../../../lib/notify/parse-finding.ts';
import { renewalLife } from '../../fixtures/lives/renewal-life.ts';

const nowSec = monthAtSec(1) + 50 * 3600;
const options = { nowSec, timeZone: 'Europe/Berlin', mailDomain: 'example.com' };

it('names to finance the customer without a bill, for how much, and where to look', async () => {
  const [finding] = await renewalLife([exampleInvoice(0, 41_000), exampleSubscription(0)], nowSec);
  const mail = render(parseFinding(JSON.stringify(finding)), options);
  expect(mail.subject).toBe('Medium: cus_acme no invoice for the renewal of 2026-01-31');
  expect(mail.text).toContain('Not billed: no invoice was made, no money has moved.');
  expect(mail.text).toMatch(/^Money at stake: +\$410\.00$/m);
  expect(mail.text).toContain(
    'Open this subscription in Stripe:\nhttps://dashboard.stripe.com/subscriptions/sub_1',
  );
  expect(mail.text).not.toMatch(/a guest|null|Event:/);
});
