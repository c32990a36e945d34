import { memoryRenewalCalendar } from '../../infra/cli/memory-renewal-calendar.ts';
import { judgeAndLearn } from '../../lib/detect/pipeline.ts';
import { plainContext } from '../../lib/detectors/context.ts';
import {
  exampleCharge,
  exampleInvoice,
  exampleLine,
  exampleSubscription,
  exampleUsageInvoice,
  monthAtSec,
} from '../../lib/detectors/examples/example-events.ts';
import { eventDetectors } from '../../lib/detectors/registry.ts';
import { missedRenewal } from '../../lib/detectors/subscription/missed-renewal.ts';
import { emptyAccountState } from '../../lib/domain/account/account-state.ts';
import { hourOf } from '../../lib/domain/account/hour-counts.ts';
import type { BillingEvent } from '../../lib/domain/events/billing-event.ts';
import type { Finding } from '../../lib/domain/finding/finding.ts';
import { type CustomerRecord, emptyRecord, partNames } from '../../lib/domain/record/customer-record.ts';
import { learn } from '../../lib/domain/record/learn.ts';
import { renewalsDue } from '../../lib/domain/record/renewals-due.ts';
import { receiveWebhook } from '../../lib/ingest/receive-webhook.ts';
import { mailAllAlerts } from '../../lib/notify/mail-alerts.ts';
import { encodePart } from '../../lib/store/record/codec.ts';
import { runSweep } from '../../lib/sweep/run-sweep.ts';
import { acmeMailing } from '../fixtures/acme-mailing.ts';
import { memoryAccountStore } from '../fixtures/memory/memory-account-store.ts';
import { memoryAlertStore } from '../fixtures/memory/memory-alert-store.ts';
import { memoryAnswerStore } from '../fixtures/memory/memory-answer-store.ts';
import { memoryCertificateStore } from '../fixtures/memory/memory-certificate-store.ts';
import { memoryDeliveryLedger } from '../fixtures/memory/memory-delivery-ledger.ts';
import { memoryRecordStore } from '../fixtures/memory/memory-record-store.ts';
import { receiverOf } from '../fixtures/receiver-of.ts';
import { seeded } from '../fixtures/seeded.ts';
import { liveSecret, signature } from '../fixtures/stripe-delivery.ts';

/* docs/growth.md says what limit each of these keeps. */

const bytesOf = (record: CustomerRecord) => partNames.map((name) => encodePart(record[name]).length);

function learnt(events: readonly BillingEvent[], before = emptyRecord): CustomerRecord {
  return events.reduce((record, event) => learn(event, record).record, before);
}

it('keeps the record of a customer with a hundred charges a second within a write unit, in any order', () => {
  const draw = seeded(1);
  const events = Array.from({ length: 20_000 }, (_, index) => {
    const createdAtSec = monthAtSec(0) + Math.floor(index / 100);
    return exampleCharge(0, draw.integer(900, 1_100), { id: `ch_${index}`, createdAtSec });
  });
  const inOrder = learnt(events);
  const twice = events.flatMap((event) => (draw.chance(5) ? [event, event] : [event]));
  const key = new Map(twice.map((event) => [event, draw.integer(0, 1_000_000)]));
  const anyhow = learnt(twice.toSorted((a, b) => (key.get(a) ?? 0) - (key.get(b) ?? 0)));
  expect(anyhow).toEqual(inOrder);
  expect(Math.max(...bytesOf(inOrder))).toBeLessThan(1_000);

  // What comes again after its place in the window is gone is late: not learnt, and only proven things are found.
  const late = judgeAndLearn(events[0] as BillingEvent, inOrder, eventDetectors, plainContext);
  expect(late).toMatchObject({ outcome: 'late', record: inOrder, findings: [], scores: [] });
});

it('keeps ten years of a customer in as many bytes as one', () => {
  const years = (count: number) =>
    learnt(
      Array.from({ length: count * 365 }, (_, day) => {
        const createdAtSec = monthAtSec(0) + day * 86_400;
        const daily = exampleCharge(0, 900, { id: `ch_${day}`, createdAtSec });
        return day % 30 === 0
          ? [daily, exampleUsageInvoice(day / 30, 1_000), exampleSubscription(day / 30)]
          : [daily];
      }).flat(),
    );
  const [few, many] = [bytesOf(years(2)), bytesOf(years(10))];
  expect(Math.max(...many)).toBeLessThan(1_000);
  expect(Math.max(...many.map((bytes, index) => bytes - (few[index] ?? 0)))).toBeLessThan(50);
});

it('keeps forty or eighty of a thousand series, far within an item', () => {
  const currencies = Array.from({ length: 1_000 }, (_, index) => `c${index}`);
  const charges = currencies.flatMap((currency, index) =>
    Array.from({ length: 64 }, (_, more) =>
      exampleCharge(0, 900, {
        id: `ch_${index}_${more}`,
        currency,
        createdAtSec: monthAtSec(0) + index * 100 + more,
      }),
    ),
  );
  const usage = currencies.flatMap((_, index) => {
    const { invoice, ...event } = exampleUsageInvoice(index / 1_000, 1_000);
    const lines = invoice.lines.map((line) => ({ ...line, price: `price_${index}` }));
    return [{ ...event, invoice: { ...invoice, id: `in_${index}`, lines } }];
  });
  const record = learnt([...charges, ...usage]);
  expect(partNames.map((name) => record[name].size)).toEqual([40, 80, 0, 0]);
  expect(Math.max(...bytesOf(record))).toBeLessThan(60_000);
});

it('takes an invoice of ten thousand lines, as a message of 64 KB, and proves nothing of what it can’t see', async () => {
  const period = { start: monthAtSec(0), end: monthAtSec(1) };
  const line = (index: number) => ({ id: `il_${index}`, amount: 100, period });
  const lines = { data: Array.from({ length: 10_000 }, (_, index) => line(index)), has_more: false };
  const object = {
    id: 'in_1',
    object: 'invoice',
    customer: 'cus_1',
    currency: 'usd',
    created: monthAtSec(0),
  };
  const invoice = { ...object, amount_due: 1, total: 1, subtotal: 1, lines };
  const type = { id: 'evt_1', object: 'event', type: 'invoice.created', api_version: '2026-10-28.endive' };
  const body = JSON.stringify({ ...type, created: monthAtSec(0), livemode: true, data: { object: invoice } });
  const sent: BillingEvent[] = [];
  const queue = {
    send: async (event: BillingEvent) => void sent.push(event),
    setAside: async () => undefined,
  };
  const nowSec = () => monthAtSec(0) + 1;
  const deps = { signingSecrets: { live: async () => [liveSecret] }, queue, count: () => undefined, nowSec };
  const request = { body: Buffer.from(body), signature: signature(body, nowSec()) };
  expect(await receiveWebhook(request, deps)).toBe('accepted');
  const [event] = sent as [BillingEvent];
  expect(JSON.stringify(event).length).toBeLessThan(64_000);
  const { findings } = judgeAndLearn(event, emptyRecord, eventDetectors, plainContext);
  expect(findings.filter(({ certainty }) => certainty === 'proven')).toEqual([]);
});

it('says ten thousand at a time of a storm: each finding once, and soon', async () => {
  const history = [0, 1, 2, 3, 4, 5].map((month) => exampleCharge(month, 41_000 + month * 20));
  const spike = exampleCharge(6, 4_100_000);
  const [finding] = judgeAndLearn(spike, learnt(history), eventDetectors, plainContext).findings as [Finding];
  const store = memoryAlertStore();
  let nowSec = spike.occurredAtSec;
  for (let index = 0; index < stormSize; index += 1)
    await store.file({ ...finding, id: `f_${index}`, customer: `cus_${index}` }, nowSec);
  const mailed = new Map<string, number>();
  let mails = 0;
  let longest = 0;
  const receiver = receiverOf(({ alertIds, html, text }) => {
    mails += 1;
    longest = Math.max(longest, html.length + text.length);
    for (const id of alertIds) mailed.set(id, (mailed.get(id) ?? 0) + 1);
    return 'taken';
  });
  const mailing = {
    ...acmeMailing,
    ...{ store, receiver, ledger: memoryDeliveryLedger(), answers: memoryAnswerStore() },
    ...{ slowestMailMs: 0, nowSec: () => nowSec },
    ...{ certificates: memoryCertificateStore(), detectors: [], reportTo: [] },
    drawChart: async () => undefined,
    feedbackLinks: async () => undefined,
    accounts: memoryAccountStore(),
  };
  for (; mailed.size < stormSize; nowSec += 600) await mailAllAlerts(mailing, { remainingMs: () => 60_000 });
  expect(nowSec - spike.occurredAtSec).toBeLessThanOrEqual(2_400);
  expect([...mailed.values()].every((times) => times === 1)).toBe(true);
  expect(mails).toBeLessThan(40);
  expect(longest).toBeLessThan(300_000);
});
const stormSize = 30_000; // a hundred thousand: docs/growth.md

it('sweeps an account whose customers all renew within an hour, none of them billed', async () => {
  const [accounts, records, calendar] = [memoryAccountStore(), memoryRecordStore(), memoryRenewalCalendar()];
  const key = { account: 'self', livemode: true };
  const pro = exampleSubscription(0);
  const { record } = learn(pro, emptyRecord);
  const store = {
    ...records,
    load: async () => ({ ...(await records.load({ ...key, customer: '' })), record }),
  };
  const [due] = renewalsDue(pro);
  if (due === undefined) throw new Error('The example renews.');
  await calendar.note(
    key,
    Array.from({ length: customers }, (_, index) => ({ ...due, customer: `cus_${index}` })),
  );
  const active = Array.from({ length: customers }, (_, hash) => {
    return { counter: 'active' as const, currency: '', hash, atSec: due.dueSec, value: 0 };
  });
  await accounts.addAccountFacts(key, active);
  const loaded = await accounts.loadState(key);
  const renewalsLookedUntil = hourOf(due.dueSec);
  await accounts.saveState(key, loaded, { ...emptyAccountState, renewalsLookedUntil });
  const found: Finding[] = [];
  const sendFindings = async (some: readonly Finding[]) => void found.push(...some);
  const renewals = { calendar, store, detector: missedRenewal, off: [] };
  await runSweep(due.dueSec + 50 * 3_600, { store: accounts, detectors: [], renewals, sendFindings });
  expect(found.map(({ actual }) => actual)).toEqual([customers]);
});
const customers = 20_000; // a hundred thousand: docs/growth.md

it('judges an invoice of all the lines that fit by a message no larger than a batch of ten may be', () => {
  const line = (index: number) =>
    exampleLine(6, 100_000, { id: `il_${index}`, description: 'x'.repeat(500), price: `price_${index}` });
  const lines = Array.from({ length: 20 }, (_, index) => line(index));
  const history = [0, 1, 2, 3, 4, 5].map((month) => exampleInvoice(month, 41_000));
  const wrong = exampleInvoice(6, 9_000_000, { lines });
  const { findings } = judgeAndLearn(wrong, learnt(history), eventDetectors, plainContext);
  expect(findings.length).toBeGreaterThan(0);
  for (const finding of findings) expect(JSON.stringify(finding).length).toBeLessThan(100_000);
});
