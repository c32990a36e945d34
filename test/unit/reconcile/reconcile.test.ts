import { exampleCharge } from '../../../lib/detectors/examples/example-events.ts';
import { factsOf } from '../../../lib/domain/account/account-facts-of.ts';
import { certificateWords } from '../../../lib/domain/account/certificate.ts';
import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { ReconcileError, type Reconciliation, reconcile } from '../../../lib/reconcile/reconcile.ts';
import { stripeEventTypes } from '../../../lib/stripe/event/normalize.ts';
import { emptyBooks, type FakeStripe, type Listed, startFakeStripe } from '../../fixtures/fake-stripe.ts';
import { memoryAccountStore } from '../../fixtures/memory/memory-account-store.ts';
import { memoryCertificateStore } from '../../fixtures/memory/memory-certificate-store.ts';
import { draftInvoiceEvent } from '../../fixtures/stripe-delivery.ts';

const startSec = 1_795_003_200;
const quarterSec = 900;
const key = { account: 'self', livemode: true };
const url = 'https://billingwatch.test/stripe/webhook';

const books = emptyBooks();
let stripe: FakeStripe;
beforeAll(async () => {
  stripe = await startFakeStripe(books);
});
afterAll(() => stripe.stop());
beforeEach(() => {
  for (const list of Object.values(books)) list.length = 0;
});

function start(changes: Partial<Reconciliation> = {}) {
  const accounts = memoryAccountStore();
  const certificates = memoryCertificateStore();
  const sent: BillingEvent[] = [];
  const findings: Finding[] = [];
  let nowSec = startSec;
  const deps: Reconciliation = {
    ledger: stripe.ledger,
    accounts,
    certificates,
    queue: { send: async (event) => void sent.push(event) },
    webhookUrl: url,
    off: [],
    eventsWaiting: async () => 0,
    sendFindings: async (some) => void findings.push(...some),
    nowSec: () => nowSec,
    mostAtOnce: 1_000,
    isTimeLeft: () => true,
    ...changes,
  };
  return {
    accounts,
    sent,
    findings,
    wordsOf: async () => certificateWords((await certificates.load(key)).certificate),
    untilSec: async () => (await certificates.load(key)).certificate.untilSec,
    run: (atSec: number, sinceSec?: number) => {
      nowSec = atSec;
      return reconcile(deps, sinceSec);
    },
  };
}

/** A draft that Stripe made: its event and itself. */
function draft(id: string, created: number): { event: Listed; invoice: Listed } {
  const transitions = { finalized_at: null, paid_at: null, voided_at: null, marked_uncollectible_at: null };
  const object = { id, created, livemode: true, status_transitions: transitions };
  const event = draftInvoiceEvent({ id: `evt_${id}`, created }, object);
  return { event, invoice: { ...event.data.object, ...object } };
}

function make(...drafts: readonly ReturnType<typeof draft>[]): void {
  books.events.push(...drafts.map(({ event }) => event));
  books.invoices.push(...drafts.map(({ invoice }) => invoice));
}

it('begins with the first run, and then compares what was made since the one before', async () => {
  make(draft('in_long_ago', startSec - 86_400));
  const { run, sent, wordsOf } = start();
  await run(startSec);
  expect([sent, await wordsOf()]).toEqual([[], 'nothing compared yet']);
  make(draft('in_1', startSec + 10));
  await run(startSec + quarterSec);
  expect(sent).toEqual([
    expect.objectContaining({ id: 'evt_in_1', kind: 'invoice_drafted', isFetched: true }),
  ]);
  expect(await wordsOf()).toMatch(/^0 of 1 events and 0 of 1 objects seen, .*; 1 were fetched$/);
});

it('is whole once what was fetched is seen, and does not ask Stripe for it again', async () => {
  const { run, sent, accounts, wordsOf } = start();
  await run(startSec);
  make(draft('in_1', startSec + 10));
  await run(startSec + quarterSec);
  await accounts.addAccountFacts(key, sent.flatMap(factsOf));
  await run(startSec + 2 * quarterSec);
  expect(await wordsOf()).toMatch(/^1 of 1 events and 1 of 1 objects seen, .*; 1 were fetched$/);
  const before = stripe.asked.length;
  await run(startSec + 3 * quarterSec);
  const since = stripe.asked.slice(before).filter((path) => path.startsWith('/v1/events'));
  expect(since).toHaveLength(1);
  expect(sent).toHaveLength(1);
});

it('makes an event of an object that had none, the same each time', async () => {
  const { run, sent } = start();
  await run(startSec);
  books.invoices.push(draft('in_untold', startSec + 10).invoice);
  await run(startSec + quarterSec);
  await run(startSec + 2 * quarterSec);
  const made = expect.objectContaining({
    id: `invoice.created:in_untold:${startSec + 10}`,
    kind: 'invoice_drafted',
    occurredAtSec: startSec + 10,
    isFetched: true,
  });
  expect(sent).toEqual([made, made]);
});

it('fetches a second refund of a charge though the first was seen', async () => {
  const { run, sent, accounts } = start();
  await run(startSec);
  const charge = {
    id: 'ch_1',
    object: 'charge',
    currency: 'usd',
    amount: 900,
    captured: true,
    customer: 'cus_1',
  };
  const whole = {
    ...charge,
    created: startSec - 999,
    status: 'succeeded',
    amount_refunded: 700,
    refunds: null,
  };
  const refund = { object: 'refund', status: 'succeeded', charge: whole };
  books.refunds.push({ id: 're_1', created: startSec + 5, amount: 300, ...refund });
  books.refunds.push({ id: 're_2', created: startSec + 50, amount: 400, ...refund });
  const first = exampleCharge(0, 900, { id: 'ch_1', amountRefundedMinor: 300 }, 'charge_refunded');
  await accounts.addAccountFacts(key, factsOf({ ...first, occurredAtSec: startSec + 5 }));
  await run(startSec + quarterSec);
  expect(sent).toContainEqual(
    expect.objectContaining({ kind: 'charge_refunded', occurredAtSec: startSec + 50 }),
  );
  await accounts.addAccountFacts(key, sent.flatMap(factsOf));
  sent.length = 0;
  await run(startSec + 2 * quarterSec);
  expect(sent).toEqual([]);
});

it('does not count what says nothing to us: money that is only authorised, what can’t be read', async () => {
  const { run, sent, wordsOf } = start();
  await run(startSec);
  const charge = { object: 'charge', currency: 'usd', amount: 900, created: startSec + 10 };
  books.charges.push({ id: 'ch_authorised', ...charge, status: 'succeeded', captured: false });
  books.charges.push({ id: 'ch_pending', ...charge, status: 'pending', captured: true });
  books.events.push(draftInvoiceEvent({ id: 'evt_bad', created: startSec + 10 }, { currency: null }));
  await run(startSec + quarterSec);
  expect(sent).toEqual([]);
  expect(await wordsOf()).toMatch(/^0 of 0 events and 0 of 0 objects/);
});

it('gives up after three looks, and says so once', async () => {
  const { run, sent } = start();
  await run(startSec);
  make(draft('in_poison', startSec + 10));
  const givenUp: unknown[] = [];
  for (let round = 1; round <= 6; round += 1) {
    const answer = await run(startSec + round * quarterSec);
    givenUp.push(...(Array.isArray(answer) ? answer.map((one) => one.givenUp) : []));
  }
  expect(sent).toHaveLength(3);
  expect(givenUp).toEqual([0, 0, 2, 0, 0, 0]); // the event, and its object
});

it('takes shorter stretches where there is more than it can hold, and misses nothing', async () => {
  const many = Array.from({ length: 900 }, (_, index) => draft(`in_${index}`, startSec + index * 3));
  const { run, sent } = start({ mostAtOnce: 250 });
  await run(startSec);
  books.events.push(...many.map(({ event }) => event));
  await run(startSec + 4_000);
  expect(new Set(sent.map(({ id }) => id)).size).toBe(900);
  expect(sent).toHaveLength(900);
});

it('leaves to the next run what it has no time for', async () => {
  let stretches = 2;
  const { run, sent, untilSec } = start({
    isTimeLeft: () => {
      stretches -= 1;
      return stretches >= 0;
    },
  });
  const sinceSec = startSec - 24 * 3600;
  make(draft('in_early', sinceSec + 60), draft('in_late', startSec - 3600));
  await run(startSec, sinceSec);
  expect(sent.map(({ id }) => id)).toEqual(['evt_in_early']);
  expect(await untilSec()).toBe(sinceSec + 12 * 3600);
  stretches = 99;
  await run(startSec + quarterSec);
  expect(sent.map(({ id }) => id)).toContain('evt_in_late');
});

it('waits when Stripe says that it is asked too often, and continues', async () => {
  const { run, sent } = start();
  await run(startSec);
  make(draft('in_1', startSec + 10));
  stripe.failAfter(1, 429);
  stripe.failAfter(2, 429);
  await run(startSec + quarterSec);
  expect(stripe.waitedMs).toEqual(expect.arrayContaining([1_000, 2_000]));
  expect(sent).toHaveLength(1);
});

it('keeps what it has when Stripe is away, and begins there the next time', async () => {
  const { run, sent, untilSec } = start();
  await run(startSec);
  const before = await untilSec();
  make(draft('in_1', startSec + 10));
  stripe.failAfter(1, 500);
  await expect(run(startSec + quarterSec)).rejects.toThrow(ReconcileError);
  expect(await untilSec()).toBe(before);
  await run(startSec + 2 * quarterSec);
  expect(sent).toHaveLength(1);
});

it('adds nothing to a queue on which events wait', async () => {
  const { run, untilSec } = start({ eventsWaiting: async () => 5_000 });
  expect(await run(startSec)).toBe('events are waiting');
  expect(await untilSec()).toBe(0);
});

it('compares connected accounts of its own mode too, and one that fails does not hide the next', async () => {
  const { run, accounts, sent } = start();
  const of = (account: string, livemode: boolean) => accounts.addAccountFacts({ account, livemode }, []);
  await Promise.all([of('acct_1', true), of('acct_test', false)]);
  await run(startSec);
  make(draft('in_1', startSec + 10));
  await run(startSec + quarterSec);
  expect(sent.map(({ account }) => account).sort()).toEqual(['acct_1', 'self']);
});

describe('the webhook endpoint', () => {
  const endpoint = (changes: object) => {
    books.webhook_endpoints.length = 0;
    books.webhook_endpoints.push({
      id: 'we_1',
      created: 1,
      url,
      status: 'enabled',
      enabled_events: ['*'],
      ...changes,
    });
  };

  it('is one critical finding as long as it is disabled, and another the next time', async () => {
    const { run, findings } = start();
    endpoint({ status: 'disabled' });
    await run(startSec);
    await run(startSec + quarterSec);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(1);
    expect(findings[0]).toMatchObject({
      ...key,
      detector: 'endpoint-disabled',
      severity: 'critical',
      certainty: 'proven',
      summary: 'The webhook endpoint of BillingWatch in Stripe is disabled.',
    });
    endpoint({});
    await run(startSec + 2 * quarterSec);
    endpoint({ status: 'disabled' });
    await run(startSec + 3 * quarterSec);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(2);
  });

  it('is a finding when it lacks a type that a detector reads', async () => {
    const { run, findings } = start();
    endpoint({ enabled_events: stripeEventTypes.filter((type) => type !== 'charge.refunded') });
    await run(startSec);
    expect(findings.map(({ severity, summary }) => [severity, summary])).toEqual([
      ['high', 'The webhook endpoint of BillingWatch in Stripe does not deliver charge.refunded.'],
    ]);
  });

  it.each([
    ['all types, named', { enabled_events: stripeEventTypes }],
    ['another address, in front of ours', { url: 'https://acme.test/hooks', status: 'disabled' }],
  ])('is none with %s', async (_name, changes) => {
    const { run, findings } = start();
    endpoint(changes);
    await run(startSec);
    expect(findings).toEqual([]);
  });
});

it('asks for no more types than Stripe’s list of events takes', () => {
  expect(stripeEventTypes.length).toBeLessThanOrEqual(20);
});
