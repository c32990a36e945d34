import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { LocalSystem } from '../../infra/local/local-system.ts';
import { readMailbox } from '../../infra/local/mailbox.ts';
import { postWebhook, postWebhooks } from '../../infra/local/post-webhooks.ts';
import { queueDepth } from '../../infra/local/servers/queue-depth.ts';
import { startFreshSystem } from '../fixtures/start-fresh-system.ts';
import { draftInvoiceEvent, liveSecret } from '../fixtures/stripe-delivery.ts';
import { until } from '../fixtures/until.ts';

const nowSec = Math.floor(Date.now() / 1000);
const monthSec = 30 * 86_400;
let system: LocalSystem;

beforeAll(async () => {
  system = await startFreshSystem();
});
afterAll(() => system.stop());

/** A renewal's draft, so many months ago; today's becomes final in an hour. */
function draft(customer: string, monthsAgo: number, amountMinor: number) {
  const created = nowSec - monthsAgo * monthSec;
  return draftInvoiceEvent(
    { id: `evt_${customer}_${monthsAgo}`, created },
    {
      id: `in_${customer}_${monthsAgo}`,
      customer,
      customer_name: `Company ${customer}`,
      billing_reason: 'subscription_cycle',
      created,
      automatically_finalizes_at: created + 3600,
      amount_due: amountMinor,
      total: amountMinor,
    },
  );
}

const usualMonths = (customer: string) => [6, 5, 4, 3, 2, 1].map((ago) => draft(customer, ago, 41_000));
const target = () => ({ url: system.webhookUrl, signingSecret: liveSecret });
const mailAbout = async (customer: string) =>
  (await readMailbox(system.mailUrl)).filter(({ subject }) => subject.includes(`Company ${customer}`));

function queue(end: string, { queues }: Pick<LocalSystem, 'queues'> = system) {
  const found = queues.find(({ name }) => name.endsWith(end));
  if (found === undefined) throw new Error(`There is no queue ...${end}.`);
  return found;
}

/** What no function can read, in a message group of its own. */
const sendBroken = (to = system) =>
  to.sqs.send(
    new SendMessageCommand({
      QueueUrl: queue('events.fifo', to).url,
      MessageGroupId: 'broken',
      MessageDeduplicationId: 'broken',
      MessageBody: '{"no":"event"}',
    }),
  );

it('mails by itself about a draft ten times the usual, and names the deadline', async () => {
  await postWebhooks(usualMonths('spike'), target());
  await system.idle();
  expect(await mailAbout('spike')).toEqual([]);
  expect(await postWebhook(draft('spike', 0, 410_000), target())).toBe(200);
  await until('finance gets an email', async () => (await mailAbout('spike')).length > 0);
  const [mail] = await mailAbout('spike');
  expect(mail?.subject).toMatch(/\$4,100\.00.*charges in \d\d min/);
  expect(mail?.body.text).toMatch(/will be finalised and charged at \d\d:\d\d UTC/);
  expect(mail?.body.html).toContain('$4,100.00');
  expect(mail?.body.html).toMatch(/<img src="data:image\/png;base64,[^"]{8000}/); // what is sent as cid:, the mailbox shows
  expect(mail?.destination.to).toEqual(['finance@example.com']);
});

it('sends one email though Stripe delivers the same event 20 times at once', async () => {
  await postWebhooks(usualMonths('repeated'), target());
  const event = draft('repeated', 0, 410_000);
  const answers = await Promise.all(Array.from({ length: 20 }, () => postWebhook(event, target())));
  expect(new Set(answers)).toEqual(new Set([200]));
  await system.idle();
  expect(await mailAbout('repeated')).toHaveLength(1);
});

it('answers 400 to a body without a signature, and nothing comes of it', async () => {
  await postWebhooks(usualMonths('forged'), target());
  await system.idle();
  const before = await system.counts();
  const body = JSON.stringify(draft('forged', 0, 410_000));
  const answer = await fetch(system.webhookUrl, { method: 'POST', body });
  await system.idle();
  expect(answer.status).toBe(400);
  expect(await answer.text()).not.toContain('forged');
  expect(await system.counts()).toEqual(before);
});

it('keeps a verified event that it can not read, whole, and answers 200', async () => {
  const unreadable = draftInvoiceEvent({ id: 'evt_unreadable' }, { currency: 'not a currency' });
  expect(await postWebhook(unreadable, target())).toBe(200);
  const { url } = queue('unreadable-events');
  expect(await queueDepth(system.sqs, [{ url }])).toBe(1);
  const { Messages } = await system.sqs.send(new ReceiveMessageCommand({ QueueUrl: url }));
  expect(JSON.parse(Messages?.[0]?.Body ?? '')).toEqual(unreadable);
});

it('gives a broken message up after its tries', async () => {
  const impatient = await startFreshSystem({ visibilityTimeoutSec: 1 });
  await sendBroken(impatient);
  const deadLetters = queue('events-dlq.fifo', impatient);
  await until(
    'the message is a dead letter',
    async () => (await queueDepth(impatient.sqs, [deadLetters])) === 1,
  );
  await impatient.stop();
});

it('mails once about thirty cards declined within a minute, without a known customer, though it looks twice', async () => {
  const declined = Array.from({ length: 30 }, (_, index) => ({
    ...draftInvoiceEvent({ id: `evt_declined_${index}`, type: 'charge.failed', created: nowSec - index }),
    data: {
      object: {
        id: `ch_declined_${index}`,
        object: 'charge',
        amount: 100,
        captured: false,
        currency: 'usd',
        created: nowSec - index,
        payment_method_details: { card: { fingerprint: `card${index}` } },
      },
    },
  }));
  await postWebhooks(declined, target());
  await system.idle();
  await system.fireSchedules();
  await system.fireSchedules();
  await system.idle();
  const mails = (await readMailbox(system.mailUrl)).filter(({ subject }) => subject.includes('30 cards'));
  expect(mails.map(({ destination }) => destination.to)).toEqual([['finance@example.com']]);
});

it('takes a webhook at its address with a slash at the end', async () => {
  const slashed = { ...target(), url: `${system.webhookUrl}/` };
  expect(await postWebhook(draft('slashed', 0, 41_000), slashed)).toBe(200);
});

it('answers 404 where no route leads, and 413 to more than 10 MB', async () => {
  const elsewhere = await fetch(new URL('/elsewhere', system.webhookUrl));
  expect(elsewhere.status).toBe(404);
  const huge = await fetch(system.webhookUrl, { method: 'POST', body: new Uint8Array(11 * 1024 * 1024) });
  expect(huge.status).toBe(413);
});

it('listens on 127.0.0.1 alone', async () => {
  const addresses = [system.webhookUrl, system.mailUrl, queue('events.fifo').url];
  for (const address of addresses) {
    const elsewhere = new URL(address);
    elsewhere.hostname = '127.0.0.2'; // answers too where a server listens on every address
    await expect(fetch(elsewhere)).rejects.toThrow('fetch failed');
    expect((await fetch(address)).status).toBeGreaterThan(0);
  }
});

// The last one: its broken message is under way for minutes, and until then the system is not idle.
it('serves other customers while a broken message waits for its next try', async () => {
  await sendBroken();
  await postWebhooks([...usualMonths('other'), draft('other', 0, 410_000)], target());
  await until('finance gets an email', async () => (await mailAbout('other')).length === 1);
  expect(await queueDepth(system.sqs, [queue('events-dlq.fifo')])).toBe(0);
});
