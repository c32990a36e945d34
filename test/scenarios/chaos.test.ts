import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { chaosEvents, provenBy } from '../chaos/chaos-events.ts';
import { chaosRoles } from '../chaos/chaos-roles.ts';
import { chaosRun } from '../chaos/chaos-run.ts';
import { chaosTable } from '../chaos/chaos-table.ts';
import { type Faults, noFaults } from '../chaos/invocations.ts';
import { loseFirstAlert, sendTwice } from '../chaos/planted-faults.ts';
import { roughDay } from '../chaos/rough-day.ts';

/** `npm run chaos -- --runs 200` is the whole of it; here are two months of the same company. */
const someEvents = (seed: number) => chaosEvents(seed, { days: 60, mistakesPercent: 6 });

it.each([2, 3])(
  'loses nothing, doubles nothing and remembers the same, whatever dies at any await: seed %i',
  async (seed) => {
    const events = someEvents(seed);
    const report = await chaosRun({ seed, events, faults: roughDay });
    expect(report).toMatchObject({ wrongRecords: [], lost: [], doubled: [], poisonLeft: [] });
    expect(provenBy(events).size).toBeGreaterThan(3);
    expect(report.suffered.size).toBeGreaterThan(6); // it was a rough day
  },
);

/** A month with more mistakes: emails of every kind within seconds. */
const month = chaosEvents(2, { days: 30, mistakesPercent: 15 });
const kinds = ['alert', 'resolved', 'weekly'];

it('is quiet without faults: each email of each kind once, and no dead letters', async () => {
  const report = await chaosRun({ seed: 2, events: month, faults: noFaults });
  expect(report).toMatchObject({
    wrongRecords: [],
    lost: [],
    doubled: [],
    doubledByCrash: [],
    doubledByRefusal: [],
    redriven: 0,
    poisonLeft: [],
  });
  expect([...report.mails.keys()].sort()).toEqual(kinds);
});

describe.each<[string, Faults]>([
  ['a quiet day', noFaults],
  ['a rough day', roughDay],
])('on %s a planted fault fails the run:', (_day, faults) => {
  it('every email is sent twice', async () => {
    const { doubled } = await chaosRun({ seed: 2, events: month, faults, planted: sendTwice });
    expect([...new Set(doubled.map((message) => message.split(' ')[0]))].sort()).toEqual(kinds);
  });

  it('one alert email is lost', async () => {
    const events = chaosEvents(1, { days: 14, mistakesPercent: 6 });
    const { lost, doubled } = await chaosRun({ seed: 1, events, faults, planted: loseFirstAlert });
    expect(lost.length).toBeGreaterThan(0);
    expect(doubled).toEqual([]);
  });
});

it.each<[string, Faults, 'doubledByRefusal' | 'doubledByCrash']>([
  ['refused', { ...noFaults, refused: 20 }, 'doubledByRefusal'],
  ['killed', { ...noFaults, killed: 5 }, 'doubledByCrash'],
])('names why an email came twice: when calls are %s, by that alone', async (_what, faults, why) => {
  const report = await chaosRun({ seed: 2, events: month, faults });
  expect(report[why].length).toBeGreaterThan(0);
  expect(report).toMatchObject({ doubled: [], doubledByCrash: [], doubledByRefusal: [], [why]: report[why] });
});

it('refuses a function what its role does not allow, and the run fails', async () => {
  const table = chaosTable({ call: async (_service, work) => work() });
  const roles = await chaosRoles(table, 'table');
  const put = (pk: string) =>
    table.send(new PutItemCommand({ TableName: 'table', Item: { pk: { S: pk }, sk: { S: 'x' } } }));
  await roles.as('sweep', put)('account#self#live');
  await put('customer#1'); // the test itself
  expect(() => roles.assertNoneDenied()).not.toThrow();
  await expect(roles.as('sweep', put)('customer#1')).rejects.toThrow(
    'not authorized to perform: dynamodb:PutItem',
  );
  expect(() => roles.assertNoneDenied()).toThrow(
    'sweep may not dynamodb:PutItem on table/table, keys customer#1.',
  );
});
