import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Refusal } from '../../lib/notify/receivers/receiver.ts';
import { chaosEvents, provenBy } from '../chaos/chaos-events.ts';
import { chaosRoles } from '../chaos/chaos-roles.ts';
import { chaosRun } from '../chaos/chaos-run.ts';
import { chaosTable } from '../chaos/chaos-table.ts';
import { type Faults, noFaults } from '../chaos/invocations.ts';
import type { SesWeather } from '../chaos/mail-log.ts';
import {
  forgetIntent,
  forgetResolved,
  forgetWeeks,
  loseFirstAlert,
  sendTwice,
} from '../chaos/planted-faults.ts';
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
    unannounced: [],
    redriven: 0,
    poisonLeft: [],
  });
  expect([...report.mails.keys()].sort()).toEqual(kinds);
});

describe.each<[string, Faults]>([
  ['a quiet day', noFaults],
  ['a rough day', roughDay],
])('on %s a planted fault fails the run:', (_day, faults) => {
  const kindsIn = (messages: readonly string[]) =>
    [...new Set(messages.map((message) => message.split(' ')[0]))].sort();

  it('every email is sent twice', async () => {
    const { doubled } = await chaosRun({ seed: 2, events: month, faults, planted: sendTwice });
    expect(kindsIn(doubled)).toEqual(kinds);
  });

  it('one alert email is lost', async () => {
    const events = chaosEvents(1, { days: 14, mistakesPercent: 6 });
    const { lost, doubled } = await chaosRun({ seed: 1, events, faults, planted: loseFirstAlert });
    expect(lost.length).toBeGreaterThan(0);
    expect(doubled).toEqual([]);
  });

  it.each([
    ['resolved', forgetResolved],
    ['weekly', forgetWeeks],
  ])('what was sent as %s is forgotten', async (kind, planted) => {
    const { doubled } = await chaosRun({ seed: 2, events: month, faults, planted });
    expect(kindsIn(doubled)).toEqual([kind]);
  });

  it('emails are sent without an intent', async () => {
    const { unannounced } = await chaosRun({ seed: 2, events: month, faults, planted: forgetIntent });
    expect(kindsIn(unannounced)).toEqual(expect.arrayContaining(['alert', 'weekly']));
  });
});

it('doubles nothing when calls are refused, and no Lambda dies', async () => {
  const report = await chaosRun({ seed: 2, events: month, faults: { ...noFaults, refused: 20 } });
  expect(report).toMatchObject({ lost: [], doubled: [], doubledByCrash: [], doubledByRefusal: [] });
  expect(report.unannounced).toEqual([]);
});

it('sends once more what a Lambda that died may have sent, and says so', async () => {
  const report = await chaosRun({ seed: 2, events: month, faults: { ...noFaults, killed: 5 } });
  expect(report.doubledByCrash.length).toBeGreaterThan(0);
  expect(report).toMatchObject({ lost: [], doubled: [], doubledByRefusal: [], unannounced: [] });
});

const readers = ['ann@acme.example', 'bob@acme.example', 'cat@acme.example'];
const paused = { fault: 'operator', code: 'sending-paused' } as const;
const unverified = { fault: 'operator', code: 'sender-not-verified' } as const;
const refused = { fault: 'reader', code: 'reader-not-verified' } as const;

it.each<[string, Refusal, readonly string[]]>([
  ['SES is paused', paused, readers],
  ['the sender is not verified', unverified, readers],
  ['one of three readers is refused', refused, readers.slice(0, 1)],
])(
  'mails each reader each email once, though %s for an hour from the first one on',
  async (_what, said, refusedReaders) => {
    let firstSec: number | undefined;
    const ses: SesWeather = (reader, sec) => {
      firstSec ??= sec;
      return sec < firstSec + 3_600 && refusedReaders.includes(reader) ? said : undefined;
    };
    const report = await chaosRun({ seed: 2, events: month, faults: noFaults, readers, ses });
    expect(report).toMatchObject({
      lost: [],
      doubled: [],
      doubledByCrash: [],
      doubledByRefusal: [],
      redriven: 0,
    });
    expect([...report.mails.keys()].sort()).toEqual(kinds);
  },
);

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
