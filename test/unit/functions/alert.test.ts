import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
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

function newHandler(dynamo = table.client) {
  const deps = {
    claims: dynamoAlertClaims(dynamo, table.tableName),
    mailer: sesMailer(new SESClient({}), { from: 'billingwatch@acme.example', configurationSet: 'alerts' }),
    recipients: { finance: ['ann@acme.example', 'bob@acme.example'], platform: ['ops@acme.example'] },
    timeZone: 'Europe/Berlin',
    mailDomain: 'acme.example',
    nowSec: () => nowSec,
  };
  return makeHandler(deps, logger);
}

const sent = () => ses.commandCalls(SendRawEmailCommand).map(({ args }) => args[0].input);
const nothingBack = { batchItemFailures: [] };
const back = (...ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

it('mails a finding to finance, tagged, in the configuration set', async () => {
  expect(await newHandler()(batch(newFinding()))).toEqual(nothingBack);
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
  await newHandler()(batch(newFinding(brokenSum)));
  expect(sent().map(({ Destinations }) => Destinations)).toEqual([['ops@acme.example']]);
});

it('mails a finding once, however often and wherever the queue delivers it', async () => {
  const finding = newFinding();
  const answers = await Promise.all([newHandler()(batch(finding, finding)), newHandler()(batch(finding))]);
  expect(answers.flatMap(({ batchItemFailures }) => batchItemFailures).length).toBeLessThanOrEqual(2);
  expect(await newHandler()(batch(finding, finding))).toEqual(nothingBack);
  expect(sent()).toHaveLength(1);
});

it('hands back only the broken message', async () => {
  expect(await newHandler()(batch('{', newFinding(), { id: 'x' }))).toEqual(back('m0', 'm2'));
  expect(sent()).toHaveLength(1);
});

it('hands a finding back when SES throttles, and mails it at the next try', async () => {
  const finding = newFinding();
  ses.on(SendRawEmailCommand).rejectsOnce(new Error('Throttling')).resolves({ MessageId: 'ses-2' });
  expect(await newHandler()(batch(finding))).toEqual(back('m0'));
  expect(await newHandler()(batch(finding))).toEqual(nothingBack);
  expect(sent()).toHaveLength(2);
});

it('hands a finding back while another try has it, and mails it when that try has died', async () => {
  const finding = newFinding();
  await dynamoAlertClaims(table.client, table.tableName).claim(finding, nowSec);
  nowSec += 30;
  expect(await newHandler()(batch(finding))).toEqual(back('m0'));
  expect(sent()).toHaveLength(0);
  nowSec += 150;
  expect(await newHandler()(batch(finding))).toEqual(nothingBack);
  expect(sent()).toHaveLength(1);
});

it('does not send again what was sent but could not be recorded', async () => {
  const dynamo = mockClient(new DynamoDBClient({}));
  dynamo.on(PutItemCommand).resolvesOnce({}).rejects(new Error('down'));
  const warn = jest.spyOn(logger, 'warn');
  expect(await newHandler(dynamo as unknown as DynamoDBClient)(batch(newFinding()))).toEqual(nothingBack);
  expect(warn).toHaveBeenCalledWith('An alert was sent but not recorded', { messageId: 'm0' });
});

it('logs a failure without the name, the address or the amount in it', async () => {
  const error = jest.spyOn(logger, 'error');
  ses.on(SendRawEmailCommand).rejects(new Error('ann@acme.example is not verified; Acme Ltd'));
  await newHandler()(batch(newFinding()));
  expect(error).toHaveBeenCalledTimes(1);
  expect(JSON.stringify(error.mock.calls)).not.toMatch(/acme|4,120|412000/i);
});
