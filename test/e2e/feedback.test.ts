import type { LocalSystem } from '../../infra/local/local-system.ts';
import { readMailbox } from '../../infra/local/mailbox.ts';
import { postWebhooks } from '../../infra/local/post-webhooks.ts';
import { startFreshSystem } from '../fixtures/start-fresh-system.ts';
import { draftInvoiceEvent, liveSecret } from '../fixtures/stripe-delivery.ts';

const monthSec = 30 * 86_400;
const nowSec = Math.floor(Date.now() / 1000);
let system: LocalSystem;

beforeAll(async () => {
  system = await startFreshSystem();
});
afterAll(() => system.stop());

/** A renewal's draft, so many months ago. */
function draft(customer: string, monthsAgo: number, amountMinor: number) {
  const created = nowSec - monthsAgo * monthSec;
  const id = `${customer}_${monthsAgo}`;
  return draftInvoiceEvent(
    { id: `evt_${id}`, created },
    {
      id: `in_${id}`,
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

async function post(...events: ReturnType<typeof draft>[]): Promise<void> {
  await postWebhooks(events, { url: system.webhookUrl, signingSecret: liveSecret });
  await system.idle();
}

const mailsAbout = async (customer: string) =>
  (await readMailbox(system.mailUrl)).filter(({ subject }) => subject.includes(`Company ${customer}`));

/** The link of an answer in the plain text of the newest email about the customer. */
async function linkTo(action: string, customer: string): Promise<string> {
  const text = (await mailsAbout(customer)).at(-1)?.body.text ?? '';
  return new RegExp(`^http\\S+\\?action=${action}$`, 'm').exec(text)?.[0] ?? `no link in ${text}`;
}

const answer = (link: string, fields: Record<string, string>) =>
  fetch(link, { method: 'POST', body: new URLSearchParams(fields) });

/** Half a year as usual, and a spike last month that finance was mailed of. */
async function spike(customer: string): Promise<void> {
  await post(...[7, 6, 5, 4, 3, 2].map((ago) => draft(customer, ago, 41_000)));
  await post(draft(customer, 1, 410_000));
  expect(await mailsAbout(customer)).toHaveLength(1);
}

it('mails an ongoing condition once, and what comes again, as opening the page is no answer', async () => {
  await spike('silent');
  const page = await fetch(await linkTo('expected', 'silent'));
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('Company silent is $4,100.00');
  await post(draft('silent', 0, 410_000));
  expect(await mailsAbout('silent')).toHaveLength(1);
  await post(draft('silent', -1, 41_000), draft('silent', -2, 430_000));
  expect(await mailsAbout('silent')).toHaveLength(2);
});

it('is silent about the next like it once finance has called it expected', async () => {
  await spike('expecting');
  const said = await answer(await linkTo('expected', 'expecting'), { action: 'expected', seen: '0' });
  expect(said.status).toBe(200);
  expect(await said.text()).toContain('Undo takes it back');
  await post(draft('expecting', 0, 41_000), draft('expecting', -1, 430_000));
  expect(await mailsAbout('expecting')).toHaveLength(1);
});

it('judges the next equal draft as if an error had never been', async () => {
  await spike('mistaken');
  const said = await answer(await linkTo('error', 'mistaken'), { action: 'error', seen: '0' });
  expect(said.status).toBe(200);
  await post(draft('mistaken', 0, 410_000));
  const [first, second] = await mailsAbout('mistaken');
  const range = (text: string | undefined) => /^At \$.* or less this check/m.exec(text ?? '')?.[0];
  expect(range(first?.body.text)).toMatch(/\$\d/);
  expect(range(second?.body.text)).toBe(range(first?.body.text));
  expect(second?.body.text).toContain('usually it is about $410.00');
});

it('mails nothing more of what is planned, and again when that is taken back', async () => {
  await spike('planning');
  const until = new Date((nowSec + 10 * 86_400) * 1000).toISOString().slice(0, 10);
  const link = await linkTo('planned', 'planning');
  expect((await answer(link, { action: 'planned', seen: '0', until })).status).toBe(200);
  await post(draft('planning', 0, 900_000));
  expect(await mailsAbout('planning')).toHaveLength(1);
  expect((await answer(link, { action: 'undo', seen: '1' })).status).toBe(200);
  await post(draft('planning', -1, 2_000_000));
  expect(await mailsAbout('planning')).toHaveLength(2);
});

it('answers 403 to a link with a letter changed, a letter less, or none, and does nothing', async () => {
  await spike('forging');
  const link = new URL(await linkTo('expected', 'forging'));
  const token = link.pathname.slice('/alerts/'.length);
  const forged = [token.replace(/^./, 'X'), token.slice(0, -1), 'x', `${token}.x`];
  const answers = await Promise.all(
    forged.map((wrong) => answer(new URL(`/alerts/${wrong}`, link).href, { action: 'expected', seen: '0' })),
  );
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  expect(new Set(await Promise.all(answers.map((one) => one.text()))).size).toBe(1);
  expect(await (await fetch(link)).text()).toContain('no one has answered');
  await post(draft('forging', 0, 900_000));
  expect(await mailsAbout('forging')).toHaveLength(2);
});

it('answers HEAD without a page, and leads nowhere by another method', async () => {
  const [mail] = await readMailbox(system.mailUrl);
  const link = /^http\S+/m.exec(mail?.body.text?.split('ANSWER THIS ALERT')[1] ?? '')?.[0] ?? '';
  const head = await fetch(link, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect(head.headers.get('cache-control')).toBe('no-store');
  expect((await fetch(link, { method: 'DELETE' })).status).toBe(404);
});
