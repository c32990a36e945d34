import { processCustomer } from '../../../lib/detect/pipeline.ts';
import { plainContext } from '../../../lib/detectors/context.ts';
import { detectorSummaries } from '../../../lib/detectors/detector-summaries.ts';
import { exampleInvoice, monthly } from '../../../lib/detectors/examples/example-events.ts';
import { eventDetectors } from '../../../lib/detectors/registry.ts';
import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import { type Finding, findingId } from '../../../lib/domain/finding/finding.ts';
import type { Mail } from '../../../lib/message/email/mail.ts';
import { MailsNotSentError } from '../../../lib/notify/mail-alerts.ts';
import { runMinutely } from '../../../lib/notify/run-minutely.ts';
import { memoryAccountStore } from '../../fixtures/memory/memory-account-store.ts';
import { memoryAlertStore } from '../../fixtures/memory/memory-alert-store.ts';
import { memoryAnswerStore } from '../../fixtures/memory/memory-answer-store.ts';
import { memoryCertificateStore } from '../../fixtures/memory/memory-certificate-store.ts';
import { memoryDeliveryLedger } from '../../fixtures/memory/memory-delivery-ledger.ts';
import { memoryRecordStore } from '../../fixtures/memory/memory-record-store.ts';
import { receiverOf } from '../../fixtures/receiver-of.ts';
import { cardTesting } from '../message/sample-findings.ts';

/** Monday, 2026-11-23, 9:00 UTC. */
const mondaySec = 1_795_424_400;
const self = { account: 'self', livemode: true };
const usual = monthly(exampleInvoice, [41_000, 41_200, 40_800, 41_000, 41_100, 41_000]);
const spike = exampleInvoice(6, 412_000);

function start() {
  const mails: Mail[] = [];
  const store = memoryAlertStore();
  const records = memoryRecordStore();
  const accounts = memoryAccountStore();
  let nowSec = mondaySec - 86_400;
  const mailing = {
    store,
    records,
    answers: memoryAnswerStore(),
    feedbackLinks: async () => undefined,
    ledger: memoryDeliveryLedger(),
    receiver: receiverOf((mail) => {
      mails.push(mail);
      return 'taken';
    }),
    wait: async () => undefined,
    onGivenUp: () => undefined,
    drawChart: async () => undefined,
    rules: {
      recipientsOf: (_finding: Finding): readonly string[] => ['finance@acme.example'],
      digestHours: [],
      timeZone: 'UTC',
    },
    rendering: {
      timeZone: 'UTC',
      mailDomain: 'acme.example',
      digestHours: [],
      platform: ['ops@acme.example'],
    },
    nowSec: () => nowSec,
    slowestMailMs: 1_000,
    accounts: { ...accounts, accounts: async () => [self] },
    certificates: memoryCertificateStore(),
    detectors: detectorSummaries({ off: [] }),
    reportTo: ['cfo@acme.example'],
  };
  const pipeline = {
    detectors: eventDetectors,
    store: records,
    contextOf: async () => plainContext,
    sendFindings: async (findings: readonly Parameters<typeof store.file>[0][]) => {
      for (const finding of findings) await store.file(finding, nowSec);
    },
  };
  return {
    mails,
    store,
    accounts,
    mailing,
    happen: (...events: readonly BillingEvent[]) => processCustomer(events, pipeline),
    tickAt: async (atSec: number, remainingMs = () => 60_000) => {
      nowSec = atSec;
      await runMinutely(mailing, { remainingMs });
    },
    subjects: () => mails.map(({ subject }) => subject),
  };
}

it('reports once that an alert is over, in its thread, to those who got the alert', async () => {
  const { happen, tickAt, mails, subjects } = start();
  await happen(...usual, spike);
  await tickAt(mondaySec - 86_400);
  const voided = { ...exampleInvoice(6, 412_000, { status: 'void' }, 'invoice_voided'), id: 'evt_void' };
  await happen({ ...voided, occurredAtSec: voided.occurredAtSec + 600 });
  await tickAt(mondaySec - 86_400 + 1_800); // not the first minute of an hour
  expect(subjects()).toHaveLength(1);
  await tickAt(mondaySec - 86_400 + 3_600);
  await tickAt(mondaySec - 86_400 + 7_200);
  expect(subjects()).toHaveLength(2);
  const [alert, over] = mails;
  expect(over?.subject).toMatch(/^Resolved: Acme Ltd .*\$4,120\.00/);
  expect(over?.text).toContain('The invoice was voided');
  expect(over?.headers.References).toBe(alert?.headers.References);
  expect(over?.to).toEqual(alert?.to);
});

it('reports the week once, on Monday, to its readers, even if the first hours were missed', async () => {
  const { happen, tickAt, mails } = start();
  await happen(...usual, spike);
  await tickAt(mondaySec - 86_400);
  await tickAt(mondaySec - 3_600);
  const reports = () => mails.filter(({ tags }) => tags.kind === 'weekly');
  expect(reports()).toHaveLength(0);
  for (const hours of [3, 4, 5, 14, 15, 24]) await tickAt(mondaySec + hours * 3_600);
  expect(reports().map(({ to }) => to)).toEqual([['cfo@acme.example']]);
  expect(reports()[0]?.subject).toContain(': 1 alert');
  await tickAt(mondaySec + 7 * 86_400);
  expect(reports()).toHaveLength(2);
});

it('looks after the next account, and mails what is due, when one can’t be looked after', async () => {
  const { happen, tickAt, store, mailing, subjects, mails } = start();
  const connected = { account: 'acct_1', livemode: true };
  mailing.accounts.accounts = async () => [connected, self];
  const { mailedSince } = store;
  store.mailedSince = (key, sinceSec) => {
    if (key === connected) throw new Error('throttled');
    return mailedSince(key, sinceSec);
  };
  await happen(...usual, spike);
  await expect(tickAt(mondaySec)).rejects.toThrow(MailsNotSentError);
  expect(subjects()).toHaveLength(2);
  expect(mails.map(({ tags }) => tags.kind)).toEqual(['alert', 'weekly']);
});

it('reports that an alert about the whole account is over, once it was not seen for as long as ends an episode', async () => {
  const { tickAt, store, accounts, mails } = start();
  const [sinceSec, lastSec] = [mondaySec - 90_000, mondaySec - 86_400];
  const about = new Date(sinceSec * 1000).toISOString();
  const id = findingId({ ...self, customer: null }, 'failure-rate', about);
  await store.file({ ...cardTesting, ...self, id }, lastSec);
  const sweep = async (sweptAtSec: number) => {
    const episodes = new Map([['failure-rate', [{ sinceSec, lastSec }]]]);
    const loaded = await accounts.loadState(self);
    await accounts.saveState(self, loaded, { ...loaded.state, listeningSinceSec: 1, episodes, sweptAtSec });
  };
  await sweep(lastSec);
  await tickAt(lastSec);
  await sweep(lastSec + 24 * 3_600);
  await tickAt(mondaySec + 3_600);
  const resolved = () => mails.filter(({ tags }) => tags.kind === 'resolved');
  expect(resolved()).toHaveLength(0);
  await sweep(lastSec + 24 * 3_600 + 300);
  await tickAt(mondaySec + 7_200);
  await tickAt(mondaySec + 10_800);
  expect(resolved()).toHaveLength(1);
  expect(resolved()[0]?.text).toContain('It was last seen at 09:00 UTC on 22 Nov 2026, and not again since.');
  expect(mails[0]?.text).toContain('it has listened since 1 Jan 1970');
});

it('reports what is over only to those who were alerted, and many things at once in one email', async () => {
  const { happen, tickAt, mails, mailing } = start();
  mailing.rules.recipientsOf = ({ customerName }) =>
    customerName === 'Acme Ltd' ? ['ann@acme.example'] : ['bob@acme.example'];
  const companies = ['Acme Ltd', 'A', 'B', 'C', 'D', 'E', 'F'];
  const of = (events: readonly BillingEvent[], customerName: string) =>
    events.map((event) => {
      const { id } = event;
      const invoice =
        'invoice' in event ? { invoice: { ...event.invoice, id: `${event.invoice.id}${customerName}` } } : {};
      return {
        ...event,
        ...invoice,
        id: `${id}${customerName}`,
        customer: `cus_${customerName}`,
        customerName,
      } as BillingEvent;
    });
  const voided = { ...exampleInvoice(6, 412_000, { status: 'void' }, 'invoice_voided'), id: 'evt_void' };
  const after = { ...voided, occurredAtSec: voided.occurredAtSec + 600 };
  for (const name of companies) await happen(...of([...usual, spike], name));
  await tickAt(mondaySec - 86_400);
  for (const name of companies) await happen(...of([after], name));
  await tickAt(mondaySec - 82_800);
  const resolved = mails.filter(({ tags }) => tags.kind === 'resolved');
  expect(resolved.map(({ to, alertIds }) => [to[0], alertIds.length]).sort()).toEqual([
    ['ann@acme.example', 1],
    ['bob@acme.example', 6],
  ]);
});

it('leaves what is not looked at in time to the next hour', async () => {
  const { happen, tickAt, mails } = start();
  await happen(...usual, spike);
  await tickAt(mondaySec - 86_400);
  const voided = { ...exampleInvoice(6, 412_000, { status: 'void' }, 'invoice_voided'), id: 'evt_void' };
  await happen({ ...voided, occurredAtSec: voided.occurredAtSec + 600 });
  await tickAt(mondaySec - 82_800, () => 999);
  expect(mails).toHaveLength(1);
  await tickAt(mondaySec - 79_200);
  expect(mails.map(({ tags }) => tags.kind)).toEqual(['alert', 'resolved']);
});

it('looks at some thousands an hour after a storm, at each within hours, and reports once what is over', async () => {
  const { happen, tickAt, store, mails } = start();
  await happen(...usual, spike);
  const startSec = mondaySec - 2 * 86_400;
  const key = { account: 'self', livemode: true };
  const [alert] = await store.waiting(key, 1);
  if (alert === undefined) throw new Error('The spike was not found.');
  const { finding } = alert;
  for (let index = 0; index < 4_500; index += 1)
    await store.file({ ...finding, id: `of_nobody_${index}`, customer: `cus_${index}` }, startSec);
  for (let index = 0; index < 60; index += 1) await store.file({ ...finding, id: `over_${index}` }, startSec);
  await store.recordMailed(await store.waiting(key, 10_000), startSec);
  const voided = { ...exampleInvoice(6, 412_000, { status: 'void' }, 'invoice_voided'), id: 'evt_void' };
  await happen({ ...voided, occurredAtSec: voided.occurredAtSec + 600 });
  const resolved = () =>
    mails.filter(({ tags }) => tags.kind === 'resolved').flatMap(({ alertIds }) => alertIds);
  for (let hour = 1; hour <= 8; hour += 1) {
    await tickAt(startSec + hour * 3_600);
  }
  expect(new Set(resolved()).size).toBe(61);
  expect(resolved()).toHaveLength(61);
});
