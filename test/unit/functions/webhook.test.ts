import { Logger } from '@aws-lambda-powertools/logger';
import { makeHandler } from '../../../functions/webhook/handler.ts';
import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import { draftInvoiceEvent, liveSecret, signature } from '../../fixtures/stripe-delivery.ts';

const nowSec = 1_767_225_660;
let liveSecrets: readonly string[];
let queueFails: boolean;
const logger = new Logger();
const logged = jest.spyOn(logger, 'error').mockImplementation();

/** A webhook whose queue and counts can be looked into. */
function webhook() {
  const sent: BillingEvent[] = [];
  const setAside: string[] = [];
  const counted: [string, string][] = [];
  const take = async <Item>(items: Item[], item: Item) => {
    if (queueFails) throw new Error('AWS.SimpleQueueService.Unavailable');
    items.push(item);
  };
  const deps = {
    signingSecrets: { live: async () => liveSecrets },
    queue: {
      send: (event: BillingEvent) => take(sent, event),
      setAside: (json: string) => take(setAside, json),
    },
    count: (what: string, reason: string) => counted.push([what, reason]),
    nowSec: () => nowSec,
  };
  return { handler: makeHandler(deps, logger), sent, setAside, counted };
}

function delivery(event: unknown, isBase64Encoded = false) {
  const payload = JSON.stringify(event);
  const body = isBase64Encoded ? Buffer.from(payload).toString('base64') : payload;
  return { body, isBase64Encoded, headers: { 'stripe-signature': signature(payload, nowSec) } };
}

const accepted = { statusCode: 200, body: 'accepted' };
const rejected = { statusCode: 400, body: 'rejected' };
const failed = { statusCode: 500, body: 'try again' };

beforeEach(() => {
  liveSecrets = [liveSecret];
  queueFails = false;
  logged.mockClear();
});

it('puts a signed event on the queue in our own words, without a count or a log line', async () => {
  const { handler, sent, setAside, counted } = webhook();
  expect(await handler(delivery(draftInvoiceEvent()))).toEqual(accepted);
  expect(sent).toMatchObject([
    {
      kind: 'invoice_drafted',
      id: 'evt_1',
      customer: 'cus_1',
      receivedAtSec: nowSec,
      invoice: { amountDueMinor: 4900 },
    },
  ]);
  expect([setAside, counted, logged.mock.calls]).toEqual([[], [], []]);
});

it('reads a body that API Gateway hands over as base64', async () => {
  const { handler, sent } = webhook();
  const event = draftInvoiceEvent({}, { customer_name: 'Zoë 😀' });
  expect(await handler(delivery(event, true))).toEqual(accepted);
  expect(sent).toMatchObject([{ customerName: 'Zoë 😀' }]);
});

it.each([
  ['no body', { ...delivery({}), body: undefined, headers: {} }, 'size'],
  ['no signature', { ...delivery({}), headers: {} }, 'signature'],
  ['signed null', delivery(null), 'not_an_event'],
  ['signed text', delivery('evt_1'), 'not_an_event'],
  ['a signed list', delivery([draftInvoiceEvent()]), 'not_an_event'],
  ['a signed object that is no event', delivery({ id: 'in_1', object: 'invoice' }), 'not_an_event'],
])('answers 400 to %s, and counts it', async (_what, request, reason) => {
  const { handler, sent, setAside, counted } = webhook();
  expect(await handler(request)).toEqual(rejected);
  expect(counted).toEqual([['RejectedRequests', reason]]);
  expect([sent, setAside, logged.mock.calls]).toEqual([[], [], []]);
});

it.each([
  ['a secret that we do not have', signature(JSON.stringify({}), nowSec, 'whsec_ofanotherdestination')],
  ['a time long ago', signature(JSON.stringify({}), nowSec - 301)],
  [
    'blanks, and by two secrets that we do not have',
    `t=${nowSec}, v1=${'0'.repeat(64)}, v1=${'f'.repeat(64)}`,
  ],
])('counts a request apart that is signed as Stripe signs, with %s', async (_what, header) => {
  const { handler, counted } = webhook();
  expect(await handler({ ...delivery({}), headers: { 'stripe-signature': header } })).toEqual(rejected);
  expect(counted).toEqual([['RefusedSignatures', 'signature']]);
});

it.each([
  'not a signature',
  `t=${nowSec}`,
  `v1=${'0'.repeat(64)}`,
  `x/t=${nowSec},v1=${'0'.repeat(64)}`,
  `t=${nowSec},v1=${'0'.repeat(63)}`,
  `t=${nowSec},v1=${'g'.repeat(64)}`,
  `t=${nowSec},v0=${'0'.repeat(64)}`,
  `t=${nowSec};v1=${'0'.repeat(64)}`,
])('counts the noise of strangers as before: %s', async (header) => {
  const { handler, counted } = webhook();
  expect(await handler({ ...delivery({}), headers: { 'stripe-signature': header } })).toEqual(rejected);
  expect(counted).toEqual([['RejectedRequests', 'signature']]);
});

it.each([
  [
    'a type we do not use',
    { ...draftInvoiceEvent(), type: 'customer.created' },
    ['IgnoredEvents', 'customer.created'],
  ],
  [
    'a thin event',
    { id: 'evt_1', object: 'v2.core.event', type: 'v1.billing.meter.updated', livemode: true },
    ['ThinEvents', 'v1.billing.meter.updated'],
  ],
])('accepts and counts %s, and queues nothing', async (_what, event, count) => {
  const { handler, sent, setAside, counted } = webhook();
  expect(await handler(delivery(event))).toEqual(accepted);
  expect([sent, setAside, counted]).toEqual([[], [], [count]]);
});

it('queues and counts test mode, marked as such', async () => {
  const { handler, sent, counted } = webhook();
  expect(await handler(delivery(draftInvoiceEvent({ livemode: false })))).toEqual(accepted);
  expect(sent).toMatchObject([{ livemode: false }]);
  expect(counted).toEqual([['TestModeEvents', 'invoice_drafted']]);
});

it('sets a verified event that it cannot read aside, whole, and accepts it', async () => {
  const { handler, sent, setAside, counted } = webhook();
  const request = delivery(draftInvoiceEvent({}, { amount_due: 'forty-nine' }));
  expect(await handler(request)).toEqual(accepted);
  expect([sent, setAside]).toEqual([[], [request.body]]);
  expect(counted).toEqual([['UnreadableEvents', expect.stringContaining('amount_due')]]);
  expect(JSON.stringify(counted)).not.toContain('forty-nine');
});

it.each([
  ['an event', draftInvoiceEvent()],
  ['an event that it cannot read', draftInvoiceEvent({}, { amount_due: null })],
])('answers 500 when the queue does not take %s, so that Stripe tries again', async (_what, event) => {
  queueFails = true;
  const { handler, counted } = webhook();
  expect(await handler(delivery(event))).toEqual(failed);
  expect(counted).toEqual([]);
  expect(logged).toHaveBeenCalledTimes(1);
});

it('accepts nothing before a signing secret is set, and says what to do', async () => {
  liveSecrets = [];
  const { handler, sent } = webhook();
  expect(await handler(delivery(draftInvoiceEvent()))).toEqual(failed);
  expect(sent).toEqual([]);
  expect(JSON.stringify(logged.mock.calls)).toMatch(/put the whsec_\.\.\. .* into the secret/);
});
