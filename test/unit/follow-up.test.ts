import type { Mail } from '../../lib/alert/mailer.ts';
import { plainContext } from '../../lib/detectors/context.ts';
import { exampleInvoice, monthly } from '../../lib/detectors/example-events.ts';
import { detectors } from '../../lib/detectors/index.ts';
import type { BillingEvent } from '../../lib/domain/billing-event.ts';
import { processCustomer } from '../../lib/pipeline.ts';
import { tick } from '../../lib/tick.ts';
import { memoryAlertStore } from '../fixtures/memory-alert-store.ts';
import { memoryAnswerStore } from '../fixtures/memory-answer-store.ts';
import { memoryRecordStore } from '../fixtures/memory-record-store.ts';

/** Monday, 2026-11-23, 9:00 UTC. */
const mondaySec = 1_795_424_400;
const usual = monthly(exampleInvoice, [41_000, 41_200, 40_800, 41_000, 41_100, 41_000]);
const spike = exampleInvoice(6, 412_000);

function start() {
  const mails: Mail[] = [];
  const store = memoryAlertStore();
  const records = memoryRecordStore();
  let nowSec = mondaySec - 86_400;
  const mailing = {
    store,
    records,
    answers: memoryAnswerStore(),
    feedbackLinks: async () => undefined,
    mailer: { send: async (mail: Mail) => String(mails.push(mail)) },
    drawChart: async () => undefined,
    rules: { recipientsOf: () => ['finance@acme.example'], digestHours: [], timeZone: 'UTC' },
    rendering: {
      timeZone: 'UTC',
      mailDomain: 'acme.example',
      digestHours: [],
      platform: ['ops@acme.example'],
    },
    nowSec: () => nowSec,
    slowestMailMs: 1_000,
    sendToDeadLetters: async () => undefined,
    isPermanent: () => false,
    accounts: async () => [{ account: 'self', livemode: true }],
    detectors: ['amount-spike', 'price-drift'],
    reportTo: ['cfo@acme.example'],
  };
  const pipeline = {
    detectors,
    store: records,
    contextOf: async () => plainContext,
    sendFindings: async (findings: readonly Parameters<typeof store.file>[0][]) => {
      for (const finding of findings) await store.file(finding, nowSec);
    },
  };
  return {
    mails,
    store,
    happen: (...events: readonly BillingEvent[]) => processCustomer(events, pipeline),
    tickAt: async (atSec: number) => {
      nowSec = atSec;
      await tick(mailing, () => 60_000);
    },
    subjects: () => mails.map(({ subject }) => subject),
  };
}

it('tells once that an alert is over, in its thread, to whom it was told', async () => {
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
  const [told, over] = mails;
  expect(over?.subject).toMatch(/^Resolved: Acme Ltd .*\$4,120\.00/);
  expect(over?.text).toContain('The invoice was voided');
  expect(over?.headers.References).toBe(told?.headers.References);
  expect(over?.to).toEqual(told?.to);
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
  const { happen, tickAt, store, subjects } = start();
  store.mailedSince = () => {
    throw new Error('throttled');
  };
  await happen(...usual, spike);
  await expect(tickAt(mondaySec)).rejects.toThrow('throttled');
  expect(subjects()).toHaveLength(1);
});

it('looks at some thousands an hour after a storm, at each within hours, and tells of thirty an hour', async () => {
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
  const told = () => mails.filter(({ tags }) => tags.kind === 'resolved').flatMap(({ alertIds }) => alertIds);
  for (let hour = 1; hour <= 8; hour += 1) {
    const before = told().length;
    await tickAt(startSec + hour * 3_600);
    expect(told().length - before).toBeLessThanOrEqual(30);
  }
  expect(new Set(told()).size).toBe(61);
  expect(told()).toHaveLength(61);
});
