import { SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { simpleParser } from 'mailparser';
import { makeHandler } from '../../../functions/alert/handler.ts';
import { detectorSummaries } from '../../../lib/detectors/detector-summaries.ts';
import type { Delivery } from '../../../lib/domain/finding/delivery.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import type { FeedbackUrl } from '../../../lib/message/mail-options.ts';
import { type GivenUp, MailsNotSentError } from '../../../lib/notify/mail-alerts.ts';
import { sesMailer } from '../../../lib/notify/receivers/email/ses-mailer.ts';
import { recipientsOf } from '../../../lib/notify/routing.ts';
import { type AlertStore, leaseSec } from '../../../lib/store/alert/alert-store.ts';
import { dynamoAlertStore } from '../../../lib/store/alert/dynamo-alert-store.ts';
import { dynamoAnswerStore } from '../../../lib/store/alert/dynamo-answer-store.ts';
import type { DeliveryLedger } from '../../../lib/store/delivery/delivery-ledger.ts';
import { dynamoDeliveryLedger } from '../../../lib/store/delivery/dynamo-delivery-ledger.ts';
import { allOf } from '../../fixtures/all-of.ts';
import { startDynaliteTable } from '../../fixtures/dynalite-table.ts';
import { memoryAccountStore } from '../../fixtures/memory/memory-account-store.ts';
import { memoryCertificateStore } from '../../fixtures/memory/memory-certificate-store.ts';
import { memoryConsumer } from '../../fixtures/memory/memory-consumer.ts';
import { memoryRecordStore } from '../../fixtures/memory/memory-record-store.ts';
import { until } from '../../fixtures/until.ts';
import { brokenSum, draftSpike, nowSec as hourSec } from '../message/sample-findings.ts';

const logged: unknown[] = [];
const ses = mockClient(SESClient);
const routing = {
  finance: ['ann@acme.example', 'bob@acme.example'],
  platform: ['ops@acme.example'],
  platformDetectors: [],
  routes: [],
};
let table: Awaited<ReturnType<typeof startDynaliteTable>>;
let store: AlertStore;
let ledger: DeliveryLedger;
/** Not the first minute of an hour, in which it also looks after what was mailed. */
const startSec = hourSec + 1_800;
let nowSec = startSec;
let givenUp: GivenUp[] = [];
let feedbackUrl: FeedbackUrl | undefined;
let accounts = 0;
let findings = 0;

beforeAll(async () => {
  table = await startDynaliteTable();
});
afterAll(() => table.stop());
afterEach(async () => {
  ses.on(SendRawEmailCommand).resolves({ MessageId: 'ses-1' });
  nowSec += leaseSec;
  await tick(); // so that no test mails what another left waiting
});
beforeEach(() => {
  ses.reset();
  ses.on(SendRawEmailCommand).resolves({ MessageId: 'ses-1' });
  nowSec = startSec;
  store = dynamoAlertStore(table.client, table.tableName);
  givenUp = [];
  ledger = dynamoDeliveryLedger(table.client, table.tableName);
  feedbackUrl = undefined;
  accounts += 1;
});

function newFinding(from: Finding = draftSpike): Finding {
  findings += 1;
  return { ...from, id: `finding${findings}`, account: `acct_${accounts}` };
}

function batch(...bodies: readonly unknown[]): SQSEvent {
  const record = (body: unknown, index: number) =>
    ({
      messageId: `m${index}`,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      attributes: { ApproximateReceiveCount: '1' },
    }) as SQSRecord;
  return { Records: bodies.map(record) };
}

/** One invocation: of a batch, or of the clock. */
function invoke(event: SQSEvent | { readonly retry?: boolean }, remainingMs = (): number => 60_000) {
  const mailing = {
    store,
    drawChart: async () => Buffer.from('a PNG'),
    answers: dynamoAnswerStore(table.client, table.tableName),
    ledger,
    receiver: sesMailer(new SESClient({}), {
      from: 'billingwatch@acme.example',
      configurationSet: 'alerts',
      wait: async () => undefined,
    }),
    wait: async () => undefined,
    onGivenUp: (what: GivenUp) => void givenUp.push(what),
    rules: {
      recipientsOf: (finding: Finding) => recipientsOf(finding, routing),
      digestHours: [],
      timeZone: 'Europe/Berlin',
    },
    rendering: {
      timeZone: 'Europe/Berlin',
      mailDomain: 'acme.example',
      digestHours: [],
      platform: ['ops@acme.example'],
    },
    feedbackLinks: async () => feedbackUrl,
    nowSec: () => nowSec,
    accounts: {
      ...memoryAccountStore(),
      accounts: async () => [{ account: `acct_${accounts}`, livemode: true }],
    },
    certificates: memoryCertificateStore(),
    records: memoryRecordStore(),
    detectors: detectorSummaries({ off: [] }),
    reportTo: routing.finance,
    slowestMailMs: 25_000,
  };
  const context = { getRemainingTimeInMillis: remainingMs } as Context; // the one that the handler asks
  return makeHandler(mailing, { ...memoryConsumer(), log: (...line) => void logged.push(line) })(
    event,
    context,
  );
}

const tick = () => invoke({});
const sent = () => ses.commandCalls(SendRawEmailCommand).map(({ args }) => args[0].input);
/** Calls about Ann: each email goes to her and to Bob. */
const toAnn = () => sent().filter(({ Destinations }) => Destinations?.[0] === 'ann@acme.example');
const nothingBack = { batchItemFailures: [] };
const refusal = (name: string, message: string) =>
  new SESServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode: 400 } });
const unavailable = () => refusal('Throttling', 'Rate exceeded');

it('mails a finding with its chart to finance, tagged, in the configuration set', async () => {
  expect(await invoke(batch(newFinding()))).toEqual(nothingBack);
  const [mail] = sent();
  expect(mail).toMatchObject({
    Source: 'billingwatch@acme.example',
    Destinations: ['ann@acme.example'],
    ConfigurationSetName: 'alerts',
    Tags: [
      { Name: 'kind', Value: 'alert' },
      { Name: 'detector', Value: 'amount-spike' },
      { Name: 'severity', Value: 'high' },
      { Name: 'mode', Value: 'live' },
    ],
  });
  expect(sent().map(({ Destinations }) => Destinations)).toEqual([
    ['ann@acme.example'],
    ['bob@acme.example'],
  ]);
  const parsed = await simpleParser(Buffer.from(mail?.RawMessage?.Data ?? ''));
  expect(mail?.RawMessage?.Data?.toString()).toContain('\r\nTo: ann@acme.example, bob@acme.example\r\n');
  expect(parsed.subject).toMatch(/^High in acct_\d+: Acme Ltd draft invoice \$4,120\.00/);
  expect(parsed.attachments.map(({ content }) => String(content))).toEqual(['a PNG']);
});

it('mails what happens in test mode to the platform team, never to finance', async () => {
  await invoke(batch(newFinding(brokenSum)));
  expect(sent().map(({ Destinations }) => Destinations)).toEqual([['ops@acme.example']]);
});

it('mails a finding once, however often and wherever the queue delivers it, at once too', async () => {
  const finding = newFinding();
  const batches = [batch(finding, finding), batch(finding), batch(finding)];
  const answers = await Promise.all(batches.map((one) => invoke(one)));
  expect(answers).toEqual([nothingBack, nothingBack, nothingBack]);
  await tick();
  await invoke(batch(finding));
  expect(toAnn()).toHaveLength(1);
  expect(sent()).toHaveLength(2);
});

it('reports once more, in the same thread, what was changed and is worse, and only then', async () => {
  const finding = newFinding();
  const paid = { ...finding, severity: 'critical' as const };
  const worse = { ...paid, actual: 4_120_000, summary: 'Draft invoice to Acme Ltd is $41,200.00.' };
  const less = { ...finding, actual: 400_000, severity: 'medium' as const };
  await invoke(batch(finding));
  for (const one of [paid, less, finding]) await invoke(batch(one));
  expect(toAnn()).toHaveLength(1);
  for (const one of [worse, worse, finding, worse]) await invoke(batch(one));
  const mails = await Promise.all(
    toAnn().map(({ RawMessage }) => simpleParser(Buffer.from(RawMessage?.Data ?? ''))),
  );
  expect(mails).toHaveLength(2);
  expect(mails[1]?.text).toContain('- It was changed: an earlier email reported $4,120.00 (high).');
  expect(mails[1]?.references).toEqual(mails[0]?.references);
  expect((await store.load(finding))?.outcome).toMatchObject({ kind: 'resolved' });
});

it('sends one after the other, as SES counts emails a second', async () => {
  let [sending, most] = [0, 0];
  ses.on(SendRawEmailCommand).callsFake(async () => {
    sending += 1;
    most = Math.max(most, sending);
    await new Promise((resolve) => setTimeout(resolve, 2));
    sending -= 1;
    return { MessageId: 'ses-1' };
  });
  await invoke(batch(newFinding(), newFinding(), newFinding()));
  expect(sent()).toHaveLength(6);
  expect(most).toBe(1);
});

it('begins no email that it may not have the time to end; the next minute has it', async () => {
  await invoke(batch(newFinding(), newFinding(), newFinding()), () => 60_000 - sent().length * 10_000);
  expect(sent()).toHaveLength(4);
  await tick();
  expect(sent()).toHaveLength(6);
  expect(toAnn()).toHaveLength(3);
});

it('hands back only the broken message', async () => {
  const back = ['m0', 'm2'].map((itemIdentifier) => ({ itemIdentifier }));
  expect(await invoke(batch('{', newFinding(), { id: 'x' }))).toEqual({ batchItemFailures: back });
  expect(toAnn()).toHaveLength(1);
});

it('keeps a finding that SES throttles, fails the tick for its alarm, and mails it when SES is back', async () => {
  ses.on(SendRawEmailCommand).rejects(unavailable());
  expect(await invoke(batch(newFinding()))).toEqual(nothingBack);
  await expect(tick()).rejects.toThrow(MailsNotSentError);
  ses.reset();
  ses.on(SendRawEmailCommand).resolves({ MessageId: 'ses-2' });
  await tick();
  await tick();
  expect(sent()).toHaveLength(2);
  expect(givenUp).toEqual([]);
});

it('mails the others when SES refuses one', async () => {
  ses.on(SendRawEmailCommand).rejectsOnce(unavailable()).resolves({ MessageId: 'ses-2' });
  await invoke(batch(newFinding(), newFinding(), newFinding()));
  expect(sent()).toHaveLength(6);
  await tick();
  expect(sent()).toHaveLength(7);
});

it('mails what a function left that died in its turn, once the turn has run out', async () => {
  const finding = newFinding();
  await store.acquireLease({ account: finding.account, livemode: true }, nowSec);
  await invoke(batch(finding));
  await tick();
  expect(sent()).toHaveLength(0);
  nowSec += leaseSec;
  await tick();
  expect(sent()).toHaveLength(2);
});

it('sends once more, and only once, what SES took when the function died before that was written', async () => {
  const whole = ledger;
  for (const invocations of [1, 2, 3]) {
    const isTaken = ({ readers }: Delivery) => readers.some(({ state }) => state === 'taken');
    ledger = {
      ...whole,
      save: (key, delivery) => (isTaken(delivery) ? new Promise(() => undefined) : whole.save(key, delivery)), // it dies here
    };
    void invoke(invocations === 1 ? batch(newFinding()) : {});
    await until('SES has taken the email', () => toAnn().length >= Math.min(invocations, 2));
    ledger = whole;
    nowSec += leaseSec;
  }
  await tick();
  await tick();
  expect(toAnn()).toHaveLength(2);
  expect(givenUp).toContainEqual(
    expect.objectContaining({ reader: 'ann@acme.example', code: 'unconfirmed' }),
  );
});

it('does not send again what a release before sent, and noted in the lease as not recorded', async () => {
  const finding = newFinding();
  await store.file(finding, nowSec);
  const key = { account: finding.account, livemode: true };
  const lease = await store.acquireLease(key, nowSec);
  if (lease === 'held') throw new Error('There was no lease.');
  await store.releaseLease(lease, [{ atSec: nowSec, topic: finding.id, unrecorded: [finding.id] }], []);
  await tick();
  expect(sent()).toEqual([]);
  expect((await store.load(finding))?.mailedAtSec).toBe(nowSec);
});

it('sends nothing while the intent can not be written, and once when it can', async () => {
  const whole = ledger;
  ledger = { ...whole, begin: () => Promise.reject(new Error('throttled')) };
  await invoke(batch(newFinding()));
  expect(sent()).toEqual([]);
  ledger = whole;
  await tick();
  await tick();
  expect(toAnn()).toHaveLength(1);
});

it('logs a failure without the name, the address or the amount in it', async () => {
  logged.splice(0);
  ses.on(SendRawEmailCommand).rejects(new Error('ann@acme.example is not verified; Acme Ltd'));
  await invoke(batch(newFinding()));
  expect(logged).toHaveLength(1);
  expect(JSON.stringify(logged)).not.toMatch(/acme|4,120|412000/i);
});

it('keeps what people wish to hear no more of, and mails it when that is over', async () => {
  const planned = newFinding();
  const { account, livemode, customer, detector, object } = planned;
  const answers = dynamoAnswerStore(table.client, table.tableName);
  const untilSec = nowSec + 86_400;
  const subject = { account, livemode, customer, detector };
  await answers.give({
    ...subject,
    resolved: null,
    ...{
      alert: 'mailed before',
      object,
      condition: object,
      kind: 'planned',
      untilSec,
      atSec: nowSec,
      count: 1,
    },
  });
  await invoke(batch(planned, { ...newFinding(), detector: 'usage-spike' }));
  expect(toAnn()).toHaveLength(1);
  expect(await store.load(planned)).toMatchObject({
    mailedAtSec: null,
    outcome: { kind: 'muted', untilSec },
  });
  nowSec = untilSec;
  await invoke(batch(planned, newFinding()));
  expect(toAnn()).toHaveLength(2); // the one that was muted stays so
});

it('mails without links while their key can not be had, and with them as soon as it can', async () => {
  const textOf = async (index: number) =>
    (await simpleParser(Buffer.from(toAnn()[index]?.RawMessage?.Data ?? ''))).text;
  await invoke(batch(newFinding()));
  feedbackUrl = ({ id }) => `https://feedback.example/alerts/${id}`;
  const finding = newFinding();
  await invoke(batch(finding));
  expect(await textOf(0)).not.toContain('ANSWER THIS ALERT');
  for (const action of ['expected', 'error', 'planned', 'snooze'])
    expect(await textOf(1)).toContain(`https://feedback.example/alerts/${finding.id}?action=${action}\n`);
});

it('makes a storm of a thousand findings a handful of emails, and loses none', async () => {
  const storm = Array.from({ length: 1_000 }, () => newFinding());
  await Promise.all(storm.map((finding) => store.file(finding, nowSec)));
  await tick();
  expect(toAnn()).toHaveLength(31);
  const key = { account: storm[0]?.account ?? '', livemode: true };
  expect(await allOf(store.mailedSince(key, 0))).toHaveLength(1_000);
});
