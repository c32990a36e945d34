import { SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import type { Mail } from '../../../../lib/message/email/mail.ts';
import { sesMailer } from '../../../../lib/notify/receivers/email/ses-mailer.ts';
import { sesRefusal } from '../../../../lib/notify/receivers/email/ses-refusal.ts';
import { reader, type SesAnswer, sender, sesAnswers } from '../../../fixtures/answers/ses-answers.ts';

function errorOf({ code, message, httpStatus }: Pick<SesAnswer, 'code' | 'message' | 'httpStatus'>): Error {
  const $fault = httpStatus < 500 ? 'client' : 'server';
  return new SESServiceException({ name: code, message, $fault, $metadata: { httpStatusCode: httpStatus } });
}

it.each(sesAnswers.map((one) => [one.code, one.message, one] as const))('%s: %s', (_code, _message, one) => {
  expect(sesRefusal(errorOf(one), { from: sender, reader })).toEqual(one.is);
});

it('has an answer of each fault, and where each was seen', () => {
  expect(new Set(sesAnswers.map(({ is }) => is.fault)).size).toBe(4);
  for (const { source } of sesAnswers) expect(source).toMatch(/^https:\/\/(docs\.aws|aws\.amazon|github)\./);
});

it('takes it as the sender’s when the only reader is the sender', () => {
  const message = `Email address is not verified. The following identities failed the check in region EU-WEST-1: ${sender}`;
  const error = errorOf({ code: 'MessageRejected', message, httpStatus: 400 });
  expect(sesRefusal(error, { from: sender, reader: sender })).toMatchObject({ fault: 'operator' });
});

it.each([
  ['TimeoutError', 'ETIMEDOUT', 'a request has exceeded the configured 4000 ms requestTimeout.'],
  ['Error', 'ECONNRESET', 'socket hang up'],
])('does not know whether SES took what it did not answer: %s %s', (name, code, message) => {
  const error = Object.assign(new Error(message), { name, code });
  expect(sesRefusal(error, { from: sender, reader })).toBeUndefined();
});

it.each([
  ['ECONNREFUSED', 'connect ECONNREFUSED'],
  ['ENOTFOUND', 'getaddrinfo ENOTFOUND'],
  [
    undefined,
    'the request socket did not establish a connection with the server within the configured timeout',
  ],
])('knows that SES can’t have taken what never reached it: %s', (code, message) => {
  const error = Object.assign(new Error(message), { name: 'TimeoutError', code });
  expect(sesRefusal(error, { from: sender, reader })).toEqual({ fault: 'weather', code: 'not-connected' });
});

it.each([
  ['an answer that breaks off after its 200', 200, 'Error'],
  ['a page of a gateway with 200', 200, 'Error'],
  ['a page of a gateway with 502', 502, 'UnknownError'],
  ['a page of a gateway with 504', 504, '504'],
])('does not know whether SES took it at %s', (_what, httpStatusCode, name) => {
  const error = Object.assign(new Error('Deserialization error'), { name, $metadata: { httpStatusCode } });
  expect(sesRefusal(error, { from: sender, reader })).toBeUndefined();
});

describe('the mailer', () => {
  const ses = mockClient(SESClient);
  const waits: number[] = [];
  const mailer = sesMailer(new SESClient({}), {
    from: sender,
    configurationSet: 'alerts',
    wait: async (ms) => void waits.push(ms),
  });
  const mail: Mail = {
    to: ['bob @acme.example', reader],
    subject: 'A subject',
    text: 'A text',
    html: '<p>A text</p>',
    headers: {},
    tags: { kind: 'alert' },
    writtenAtSec: 1_795_446_000,
    alertIds: ['a'],
  };
  const sent = () =>
    ses.commandCalls(SendRawEmailCommand).map(({ args: [{ input }] }) => ({
      to: input.Destinations,
      header: /^To: (.*)$/m.exec(Buffer.from(input.RawMessage?.Data ?? '').toString())?.[1]?.trim(),
    }));
  beforeEach(() => {
    ses.reset();
    waits.length = 0;
  });

  it('sends to one reader, and names all in the email', async () => {
    ses.on(SendRawEmailCommand).resolves({ MessageId: 'ses-1' });
    const two = { ...mail, to: [reader, 'bob@acme.example'] };
    expect(await mailer.send(two, reader)).toBe('taken');
    expect(sent()).toEqual([{ to: [reader], header: `${reader}, bob@acme.example` }]);
  });

  it('waits for SES’s rate, three times', async () => {
    const error = errorOf({ code: 'Throttling', message: 'Maximum sending rate exceeded.', httpStatus: 400 });
    ses.on(SendRawEmailCommand).rejects(error);
    expect(await mailer.send(mail, reader)).toEqual({ fault: 'weather', code: 'sending-rate' });
    expect(sent()).toHaveLength(3);
    expect(waits).toHaveLength(2);
  });

  it('sends once what is not answered', async () => {
    ses.on(SendRawEmailCommand).rejects(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
    expect(await mailer.send(mail, reader)).toBe('unanswered');
    expect(sent()).toHaveLength(1);
  });

  it('holds up no reader for another’s address that SES can’t read', async () => {
    const message = 'Local address contains control or whitespace';
    const error = errorOf({ code: 'InvalidParameterValue', message, httpStatus: 400 });
    ses.on(SendRawEmailCommand).callsFake(async ({ RawMessage }) => {
      if (/^To: .*bob/m.test(Buffer.from(RawMessage.Data).toString())) throw error;
      return { MessageId: 'ses-1' };
    });
    expect(await mailer.send(mail, reader)).toBe('taken');
    expect(await mailer.send(mail, 'bob @acme.example')).toEqual({ fault: 'reader', code: 'reader-address' });
  });
});
