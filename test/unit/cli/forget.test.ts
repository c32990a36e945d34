import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { forgetCustomer } from '../../../infra/cli/forget/forget-customer.ts';
import { forgetFlags } from '../../../infra/cli/forget/forget-flags.ts';
import type { Answer } from '../../../lib/domain/finding/answer.ts';
import { emptyRecord } from '../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../lib/domain/record/learn.ts';
import { dynamoAccountStore } from '../../../lib/store/account/dynamo-account-store.ts';
import { dynamoAlertStore } from '../../../lib/store/alert/dynamo-alert-store.ts';
import { dynamoAnswerStore } from '../../../lib/store/alert/dynamo-answer-store.ts';
import { dynamoRecentEvents } from '../../../lib/store/record/dynamo-recent-events.ts';
import { dynamoRecordStore } from '../../../lib/store/record/dynamo-record-store.ts';
import { dynamoRenewalCalendar } from '../../../lib/store/renewal/dynamo-renewal-calendar.ts';
import { normalizeEvent } from '../../../lib/stripe/event/normalize.ts';
import { startDynaliteTable } from '../../fixtures/dynalite-table.ts';
import { draftInvoiceEvent } from '../../fixtures/stripe-delivery.ts';
import { keptItem } from '../../hostile/kept.ts';
import { draftSpike, nowSec } from '../message/sample-findings.ts';

const account = { account: 'self', livemode: true };
let table: Awaited<ReturnType<typeof startDynaliteTable>>;
beforeEach(async () => {
  table = await startDynaliteTable();
});
afterEach(() => table.stop());

/** Fills the table as the functions do: a record, a renewal, two alerts of which one was mailed, and an answer. */
async function store(customer: string, livemode = true) {
  const { client, tableName } = table;
  const key = { ...account, livemode, customer };
  const records = dynamoRecordStore(client, tableName);
  const reading = normalizeEvent(draftInvoiceEvent({}, { customer }), nowSec);
  if (reading.kind !== 'event') throw new Error('The event of this test can not be read.');
  await records.save(key, await records.load(key), learn(reading.event, emptyRecord).record);
  await dynamoRecentEvents(client, tableName).keepEvents(key, [reading.event]);
  const due = { customer, subscription: `sub_of_${customer}`, dueSec: nowSec };
  await dynamoRenewalCalendar(client, tableName).note(key, [due]);
  await dynamoAccountStore(client, tableName).addAccountFacts(key, [
    { counter: 'active', currency: '', hash: 7, atSec: nowSec, value: 0 },
  ]);
  const alerts = dynamoAlertStore(client, tableName);
  for (const part of ['a', 'b'])
    await alerts.file(
      {
        ...draftSpike,
        ...key,
        id: `${part}${customer.length}${livemode}`,
        customerName: `Name of ${customer}`,
      },
      nowSec,
    );
  const [waiting] = await alerts.waiting(key, 9);
  if (waiting !== undefined) await alerts.recordMailed([waiting], nowSec);
  const answer: Answer = {
    ...key,
    detector: 'amount-spike',
    alert: 'a',
    object: 'in_1',
    condition: 'c',
    kind: 'snoozed',
    untilSec: nowSec,
    resolved: null,
    atSec: nowSec,
    count: 1,
  };
  await dynamoAnswerStore(client, tableName).give(answer);
}

const texts = async (): Promise<readonly string[]> => {
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.tableName }));
  return Items.map((item) => keptItem(item).text);
};
const about = async (customer: string) =>
  (await texts()).filter((text) => new RegExp(`${customer}\\b`).test(text)).length;

it('deletes every item about a customer, and none about another, another mode or the account', async () => {
  await store('cus_gone');
  await store('cus_gone', false);
  await store('cus_stays');
  const all = (await texts()).length;
  const run = (isDry: boolean) =>
    forgetCustomer(table.client, table.tableName, { ...account, customer: 'cus_gone' }, isDry);
  const items = new Map([
    ['record', 1],
    ['events of the last days', 1],
    ['renewals', 1],
    ['alerts', 2],
    ['answers', 1],
    ['pointers to alerts', 2],
  ]);
  expect(new Map([...(await run(true)).items].sort())).toEqual(new Map([...items].sort()));
  expect((await texts()).length).toBe(all);

  const stays = await about('cus_stays');
  expect(await run(false)).toMatchObject({ unreadable: 0 });
  expect((await texts()).length).toBe(all - 8);
  expect(await about('cus_stays')).toBe(stays);
  expect(await about('cus_gone')).toBe(6); // those of test mode
  await forgetCustomer(
    table.client,
    table.tableName,
    { account: 'self', livemode: false, customer: 'cus_gone' },
    false,
  );
  expect(await about('cus_gone')).toBe(0);
  expect((await run(false)).items.size).toBe(0);
});

it.each([
  [[]],
  [['cus_1']],
  [['--table', 'T']],
  [['cus_1', 'cus_2', '--table', 'T']],
  [['cus_1', '--table', 'T', '--account', 'x y']],
  [['cus_1', '--table', 'T', '--force']],
])('refuses %j', (args) => expect(forgetFlags(args)).toBeUndefined());

it('deletes only with --yes', () => {
  expect(forgetFlags(['cus_1', '--table', 'T'])).toMatchObject({ isDry: true, livemode: true });
  expect(forgetFlags(['cus_1', '--table', 'T', '--test-mode', '--account', 'acct_1', '--yes'])).toEqual({
    customer: 'cus_1',
    table: 'T',
    account: 'acct_1',
    livemode: false,
    isDry: false,
  });
});
