import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { simpleParser } from 'mailparser';
import { makeHandler } from '../../../functions/alert/handler.ts';
import { sesMailer } from '../../../lib/alert/ses-mailer.ts';
import { dynamoAlertClaims } from '../../../lib/store/dynamo-alert-claims.ts';
import { startDynaliteTable } from '../../fixtures/dynalite-table.ts';
import { brokenSum, draftSpike, nowSec as startSec } from '../alert/sample-findings.ts';

const logger = new Logger({ logLevel: 'SILENT' });
const ses = mockClient(SESClient);
let table: Awaited<ReturnType<typeof startDynaliteTable>>;
const slowestDeliveryMs = 20_000;
let nowSec = startSec;
let findings = 0;

beforeAll(async () => {
  table = await startDynaliteTable();
});
afterAll(() => table.stop());
beforeEach(() => {
  ses.reset();
  ses.on(SendRawEmailCommand).resolves({ MessageId: 'ses-1' });
  nowSec = startSec;
});

function newFinding(from = draftSpike) {
  findings += 1;
  return { ...from, id: `finding${findings}` };
}

function batch(...bodies: readonly unknown[]): SQSEvent {
  const record = (body: unknown, index: number) =>
    ({ messageId: `m${index}`, body: typeof body === 'string' ? body : JSON.stringify(body) }) as SQSRecord;
  return { Records: bodies.map(record) };
}

/** One invocation, of 30 s unless told otherwise. */
function deliver(event: SQSEvent, { dynamo = table.client, remainingMs = (): number => 30_000 } = {}) {
  const deps = {
    claims: dynamoAlertClaims(dynamo, table.tableName),
    mailer: sesMailer(new SESClient({}), { from: 'billingwatch@acme.example', configurationSet: 'alerts' }),
    recipients: { finance: ['ann@acme.example', 'bob@acme.example'], platform: ['ops@acme.example'] },
    timeZone: 'Europe/Berlin',
    mailDomain: 'acme.example',
    nowSec: () => nowSec,
  };
  const context = { getRemainingTimeInMillis: remainingMs } as Context; // the one that the handler asks
  return makeHandler(deps, slowestDeliveryMs, logger)(event, context);
}

const sent = () => ses.commandCalls(SendRawEmailCommand).map(({ args }) => args[0].input);
const nothingBack = { batchItemFailures: [] };
const back = (...ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

it('mails a finding to finance, tagged, in the configuration set', async () => {
  expect(await deliver(batch(newFinding()))).toEqual(nothingBack);
  const [mail] = sent();
  expect(mail).toMatchObject({
    Source: 'billingwatch@acme.example',
    Destinations: ['ann@acme.example', 'bob@acme.example'],
    ConfigurationSetName: 'alerts',
    Tags: [
      { Name: 'detector', Value: 'amount-spike' },
      { Name: 'severity', Value: 'high' },
      { Name: 'mode', Value: 'live' },
    ],
  });
  const parsed = await simpleParser(Buffer.from(mail?.RawMessage?.Data ?? ''));
  expect(parsed.subject).toMatch(/^High: Acme Ltd draft invoice \$4,120\.00/);
});

it('mails what happens in test mode to the platform team, never to finance', async () => {
  await deliver(batch(newFinding(brokenSum)));
  expect(sent().map(({ Destinations }) => Destinations)).toEqual([['ops@acme.example']]);
});

it('mails a finding once, however often and wherever the queue delivers it', async () => {
  const finding = newFinding();
  const answers = await Promise.all([deliver(batch(finding, finding)), deliver(batch(finding))]);
  expect(answers.flatMap(({ batchItemFailures }) => batchItemFailures).length).toBeLessThanOrEqual(2);
  expect(await deliver(batch(finding, finding))).toEqual(nothingBack);
  expect(sent()).toHaveLength(1);
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
  expect(await deliver(batch(newFinding(), newFinding(), newFinding()))).toEqual(nothingBack);
  expect(sent()).toHaveLength(3);
  expect(most).toBe(1);
});

it('begins no email that it may not have the time to end, and hands the rest back', async () => {
  const findings = [newFinding(), newFinding(), newFinding()];
  const remainingMs = () => 30_000 - sent().length * 6_000; // SES takes 6 s for an email
  expect(await deliver(batch(...findings), { remainingMs })).toEqual(back('m2'));
  expect(sent()).toHaveLength(2);
  expect(await deliver(batch(findings[2]))).toEqual(nothingBack);
  expect(sent()).toHaveLength(3);
});

it('hands back only the broken message', async () => {
  expect(await deliver(batch('{', newFinding(), { id: 'x' }))).toEqual(back('m0', 'm2'));
  expect(sent()).toHaveLength(1);
});

it('hands a finding back when SES throttles, and mails it at the next try', async () => {
  const finding = newFinding();
  ses.on(SendRawEmailCommand).rejectsOnce(new Error('Throttling')).resolves({ MessageId: 'ses-2' });
  expect(await deliver(batch(finding))).toEqual(back('m0'));
  expect(await deliver(batch(finding))).toEqual(nothingBack);
  expect(sent()).toHaveLength(2);
});

it('hands a finding back while another try has it, and mails it when that try has died', async () => {
  const finding = newFinding();
  await dynamoAlertClaims(table.client, table.tableName).claim(finding, nowSec);
  nowSec += 30;
  expect(await deliver(batch(finding))).toEqual(back('m0'));
  expect(sent()).toHaveLength(0);
  nowSec += 150;
  expect(await deliver(batch(finding))).toEqual(nothingBack);
  expect(sent()).toHaveLength(1);
});

it('does not send again what was sent but could not be recorded', async () => {
  const dynamo = mockClient(new DynamoDBClient({}));
  dynamo.on(PutItemCommand).resolvesOnce({}).rejects(new Error('down'));
  const warn = jest.spyOn(logger, 'warn');
  expect(await deliver(batch(newFinding()), { dynamo: dynamo as unknown as DynamoDBClient })).toEqual(
    nothingBack,
  );
  expect(warn).toHaveBeenCalledWith('An alert was sent but not recorded', { messageId: 'm0' });
});

it('logs a failure without the name, the address or the amount in it', async () => {
  const error = jest.spyOn(logger, 'error');
  ses.on(SendRawEmailCommand).rejects(new Error('ann@acme.example is not verified; Acme Ltd'));
  await deliver(batch(newFinding()));
  expect(error).toHaveBeenCalledTimes(1);
  expect(JSON.stringify(error.mock.calls)).not.toMatch(/acme|4,120|412000/i);
});
