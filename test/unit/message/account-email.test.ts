import { render } from '../../../lib/message/email/render.ts';
import { parseFinding } from '../../../lib/notify/parse-finding.ts';
import { cardTesting, nowSec } from './sample-findings.ts';

const options = { nowSec, timeZone: 'Europe/Berlin', mailDomain: 'example.com' };

it('reports on the whole account without a customer, an event or a bill', () => {
  const mail = render(parseFinding(JSON.stringify(cardTesting)), options);
  expect(mail.subject).toBe('High: Different cards declined in 30 minutes: 57 cards, usually fewer than 1');
  expect(mail.text).toContain('It is about the whole account, not about one bill.');
  expect(mail.text).toContain('Open payments in Stripe:\nhttps://dashboard.stripe.com/payments');
  expect(mail.text).toContain('what this account has done in the past weeks');
  expect(mail.text).not.toMatch(/a guest|null|Event:/);
  expect(mail.html).toContain('https://dashboard.stripe.com/payments');
});
