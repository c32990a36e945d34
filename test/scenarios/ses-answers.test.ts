import {
  GetSendQuotaCommand,
  SESClient,
  SESServiceException,
  SendRawEmailCommand,
} from '@aws-sdk/client-ses';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler } from '../../functions/alert/handler.ts';
import type { GivenUp } from '../../lib/notify/mail-alerts.ts';
import { sesMailer } from '../../lib/notify/receivers/email/ses-mailer.ts';
import type { Fault } from '../../lib/notify/receivers/receiver.ts';
import { acmeMailing } from '../fixtures/acme-mailing.ts';
import { type SesAnswer, sender, sesAnswers } from '../fixtures/answers/ses-answers.ts';
import { memoryAccountStore } from '../fixtures/memory/memory-account-store.ts';
import { memoryAlertStore } from '../fixtures/memory/memory-alert-store.ts';
import { memoryAnswerStore } from '../fixtures/memory/memory-answer-store.ts';
import { memoryCertificateStore } from '../fixtures/memory/memory-certificate-store.ts';
import { memoryConsumer } from '../fixtures/memory/memory-consumer.ts';
import { memoryDeliveryLedger } from '../fixtures/memory/memory-delivery-ledger.ts';
import { memoryRecordStore } from '../fixtures/memory/memory-record-store.ts';
import { draftSpike } from '../unit/message/sample-findings.ts';

/*
 * What becomes of the emails of three readers while SES says no, minute by minute: each text that SES was seen to say,
 * to all or to one.
 */

const ses = mockClient(SESClient);
const [ann, bob, cat] = ['ann@acme.example', 'bob@acme.example', 'cat@acme.example'];
const self = { account: 'self', livemode: true };
const mondaySec = 1_795_424_400; // 9:00 UTC
const startSec = mondaySec - 86_400;

/** @param says what SES answers instead of taking an email; nothing when it takes it */
function start(says: (reader: string, nowSec: number) => SesAnswer | 'nothing' | undefined) {
  const taken: string[] = [];
  const givenUp: GivenUp[] = [];
  const store = memoryAlertStore();
  const to = [ann, bob, cat];
  let nowSec = startSec;
  let [calls, rings] = [0, 0];
  const answer = async (reader: string, subject: string) => {
    const said = says(reader, nowSec);
    calls += 1;
    if (said === 'nothing') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    if (said === undefined) return { MessageId: String(taken.push(`${subject} ${reader}`)) };
    const $metadata = { httpStatusCode: said.httpStatus };
    throw new SESServiceException({ name: said.code, message: said.message, $fault: 'client', $metadata });
  };
  ses.reset();
  ses.on(SendRawEmailCommand).callsFake(({ Destinations: [reader = ''], RawMessage, Tags }) => {
    const text = Buffer.from(RawMessage.Data).toString();
    const kind = Tags.find(({ Name }: { Name: string }) => Name === 'kind').Value;
    return answer(reader, `${kind} ${/finding\d+/.exec(text)?.[0] ?? ''}`.trim());
  });
  ses.on(GetSendQuotaCommand).callsFake(() => answer('', 'quota'));
  const handler = makeHandler(
    {
      ...acmeMailing,
      rules: { ...acmeMailing.rules, recipientsOf: () => to },
      store,
      ledger: memoryDeliveryLedger(),
      answers: memoryAnswerStore(),
      receiver: sesMailer(new SESClient({}), {
        from: sender,
        configurationSet: 'alerts',
        wait: async () => undefined,
      }),
      onGivenUp: (what) => void givenUp.push(what),
      drawChart: async () => undefined,
      feedbackLinks: async () => undefined,
      accounts: { ...memoryAccountStore(), accounts: async () => [self] },
      certificates: memoryCertificateStore(),
      records: memoryRecordStore(),
      detectors: [],
      reportTo: to,
      nowSec: () => nowSec,
      slowestMailMs: 1_000,
    },
    memoryConsumer(),
  );
  const context = { getRemainingTimeInMillis: () => 60_000 } as Context; // the one that the handler asks
  const invoke = (event: { readonly retry?: boolean }) =>
    handler(event, context).catch(() => {
      rings += 1;
    });
  return {
    givenUp,
    to,
    /** Emails that SES took, but for its quota. */
    taken: () => taken.filter((one) => !one.startsWith('quota')).toSorted(),
    rings: () => rings,
    calls: () => calls,
    retry: () => invoke({ retry: true }),
    find: (id: string) => store.file({ ...draftSpike, ...self, id, objectLabel: id }, nowSec),
    async minutes(count: number, fromSec = nowSec): Promise<void> {
      for (let minute = 0; minute < count; minute += 1) {
        nowSec = fromSec + 60 * minute;
        await invoke({});
      }
      nowSec = fromSec + 60 * count;
    },
  };
}

const eachOnce = (ids: readonly string[], readers: readonly string[]) =>
  ids.flatMap((id) => readers.map((reader) => `alert ${id} ${reader}`)).toSorted();
const ofFault = (...faults: readonly Fault[]) =>
  sesAnswers
    .filter(({ is }) => faults.includes(is.fault))
    .map((one) => [one.code, one.message, one] as const);
const hour = 3_600;

/** An hour of each would take minutes. */
const halfOf = (said: SesAnswer) => (/^(sending-paused|sender-not-verified)$/.test(said.is.code) ? 30 : 5);

it.each(ofFault('weather', 'operator'))(
  'waits, and mails each once: %s %s',
  async (_code, _message, said) => {
    const minutes = halfOf(said);
    const world = start((_reader, nowSec) => (nowSec < startSec + 120 * minutes ? said : undefined));
    await world.find('finding1');
    await world.minutes(minutes);
    await world.find('finding2');
    await world.minutes(minutes);
    expect(world.taken()).toEqual([]);
    expect(world.rings()).toBe(2 * minutes); // minute after minute: the alarm
    await world.minutes(2);
    expect(world.taken()).toEqual(eachOnce(['finding1', 'finding2'], [ann, bob, cat]));
    expect(world.givenUp).toEqual([]);
  },
);

it.each(ofFault('reader'))(
  'mails all others at once, and names the one: %s %s',
  async (_code, _message, said) => {
    let isRefused = true;
    const world = start((reader) => (reader === ann && isRefused ? said : undefined));
    await world.find('finding1');
    await world.minutes(30);
    await world.find('finding2');
    await world.minutes(30);
    expect(world.taken()).toEqual(eachOnce(['finding1', 'finding2'], [bob, cat]));
    expect(world.givenUp.map(({ reader, code }) => [reader, code])).toEqual([[ann, said.is.code]]);
    expect(world.rings()).toBe(0);
    await world.minutes(1);
    expect(world.givenUp).toHaveLength(2); // once an hour, so that the alarm goes on
    isRefused = false;
    await world.minutes(61);
    expect(world.taken()).toEqual(eachOnce(['finding1', 'finding2'], [ann, bob, cat]));
  },
);

it('mails at once to a reader that is verified now, when a person asks', async () => {
  let isRefused = true;
  const [said] = sesAnswers.filter(({ is }) => is.code === 'reader-not-verified');
  const world = start((reader) => (reader === ann && isRefused ? said : undefined));
  await world.find('finding1');
  await world.minutes(5);
  isRefused = false;
  await world.minutes(1);
  expect(world.taken()).toEqual(eachOnce(['finding1'], [bob, cat]));
  await world.retry();
  await world.minutes(5);
  expect(world.taken()).toEqual(eachOnce(['finding1'], [ann, bob, cat]));
});

it('forgets a reader that the settings name no more', async () => {
  const [said] = sesAnswers.filter(({ is }) => is.code === 'reader-not-verified');
  const world = start((reader) => (reader === ann ? said : undefined));
  await world.find('finding1');
  await world.minutes(61);
  world.to.splice(0, 1);
  const before = world.givenUp.length;
  await world.minutes(180);
  expect(world.givenUp).toHaveLength(before);
  expect(world.taken()).toEqual(eachOnce(['finding1'], [bob, cat]));
});

it('keeps what waits within the budget when the only reader is verified at last', async () => {
  let isRefused = true;
  const [said] = sesAnswers.filter(({ is }) => is.code === 'reader-not-verified');
  const world = start(() => (isRefused ? said : undefined));
  world.to.splice(1);
  for (let index = 0; index < 100; index += 1) await world.find(`finding${index}`);
  await world.minutes(60);
  expect(world.calls()).toBeLessThan(5);
  isRefused = false;
  await world.retry();
  expect(world.taken()).toHaveLength(31);
});

it('parks an email that is built wrong, rings each hour, and mails the others', async () => {
  const [said] = sesAnswers.filter(({ is }) => is.fault === 'ours');
  let isWrong = true;
  const world = start((_reader, nowSec) => (isWrong && nowSec < startSec + 60 ? said : undefined));
  await world.find('finding1');
  await world.minutes(1);
  await world.find('finding2');
  await world.minutes(58);
  expect(world.taken()).toEqual(eachOnce(['finding2'], [ann, bob, cat]));
  expect(world.givenUp.map(({ code }) => code)).toEqual(['InvalidParameterValue']);
  isWrong = false;
  await world.minutes(3);
  expect(world.taken()).toEqual(eachOnce(['finding1', 'finding2'], [ann, bob, cat]));
});

it('asks first whether SES answers at all: an hour of time-outs is one email a reader', async () => {
  const world = start((_reader, nowSec) => (nowSec < startSec + hour ? 'nothing' : undefined));
  await world.find('finding1');
  await world.minutes(62);
  expect(world.taken()).toEqual(eachOnce(['finding1'], [ann, bob, cat]));
  expect(world.givenUp).toEqual([]);
});

it('keeps within the budget after an hour of time-outs, too', async () => {
  const world = start((_reader, nowSec) => (nowSec < startSec + hour ? 'nothing' : undefined));
  for (let index = 0; index < 100; index += 1) await world.find(`finding${index}`);
  await world.minutes(60);
  await world.minutes(5);
  const emails = new Set(world.taken().filter((one) => one.endsWith(ann)));
  expect(emails.size).toBeLessThanOrEqual(62); // an hour's budget each, and a storm
  expect(world.taken()).toHaveLength(3 * emails.size);
});

it('reports a week to whoever could not get it on Monday, once', async () => {
  const [said] = sesAnswers.filter(({ is }) => is.code === 'reader-not-verified');
  const world = start((reader, nowSec) => (reader === ann && nowSec < mondaySec + 86_400 ? said : undefined));
  await world.minutes(3, mondaySec);
  expect(world.taken()).toEqual([`weekly ${bob}`, `weekly ${cat}`]);
  for (let hours = 1; hours < 30; hours += 1) await world.minutes(1, mondaySec + hours * hour);
  expect(world.taken()).toEqual([`weekly ${ann}`, `weekly ${bob}`, `weekly ${cat}`]);
});
