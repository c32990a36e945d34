import { Logger } from '@aws-lambda-powertools/logger';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler, type Run } from '../../../functions/reconcile/handler.ts';
import { secretsManagerStripeKey } from '../../../lib/stripe/secrets-manager-stripe-key.ts';

const context = { getRemainingTimeInMillis: () => 600_000 } as Context; // what the handler reads

function start(run: Run) {
  const counted: [string, number][] = [];
  const logger = new Logger({ logLevel: 'SILENT' });
  return { counted, handle: makeHandler(run, (what, value) => void counted.push([what, value]), logger) };
}

it('answers how each account stands, and counts what was fetched and what stays unseen', async () => {
  const account = {
    account: 'self',
    livemode: true,
    certificate: '2 of 3 events ...',
    sentIn: 4,
    givenUp: 1,
  };
  const { handle, counted } = start(async () => [account]);
  expect(await handle({}, context)).toEqual([account]);
  expect(counted).toEqual([
    ['FetchedEvents', 4],
    ['UnseenEvents', 1],
  ]);
});

it('begins again from the time that it is given', async () => {
  const run = jest.fn<ReturnType<Run>, Parameters<Run>>(async () => []);
  await start(run).handle({ since: '2026-11-20' }, context);
  await start(run).handle({}, context);
  expect(run.mock.calls.map(([, sinceSec]) => sinceSec)).toEqual([1_795_132_800, undefined]);
});

it('refuses an invalid time', async () => {
  const { handle } = start(async () => []);
  await expect(handle({ since: 'yesterday' }, context)).rejects.toThrow('since');
});

it('says that there is no key, which is no error', async () => {
  const { handle, counted } = start(async () => 'no Stripe key is set');
  expect(await handle({}, context)).toBe('no Stripe key is set');
  expect(counted).toEqual([]);
});

it.each([
  ['rk_live_51AbC', 'rk_live_51AbC', undefined],
  [' sk_test_51AbC\n', 'sk_test_51AbC', undefined],
  ['{"key":"rk_live_51AbC"}', 'rk_live_51AbC', undefined],
  ['"rk_live_51AbC"', 'rk_live_51AbC', undefined],
  ['{"a":"rk_live_51AbC","b":"rk_live_other"}', undefined, 'it holds several words'],
  ['k2bJ9xRandomTextThatNoOneKnows', undefined, undefined],
  ['none', undefined, undefined],
  ['whsec_51AbC', undefined, 'it is a signing secret'],
  ['pk_live_51AbC', undefined, 'it is a publishable key'],
  ['rk_live_51AbC rk_live_other', undefined, 'it holds several words'],
  ['rk_live_51AbC,rk_live_other', undefined, 'it holds several words'],
  ['rk_live_...', undefined, 'a placeholder follows'],
  ['rk_live_', undefined, 'a placeholder follows'],
  ['rk_live_your_key', undefined, 'a placeholder follows'],
  ['rk_live_xxxxxxxx', undefined, 'a placeholder follows'],
])('takes %j for the key %j, and says what is wrong: %s', async (SecretString, key, fault) => {
  mockClient(SecretsManagerClient).on(GetSecretValueCommand).resolves({ SecretString });
  const faults: string[] = [];
  const onFault = (found: string) => void faults.push(found);
  expect(await secretsManagerStripeKey(new SecretsManagerClient({}), 'arn', onFault)()).toBe(key);
  expect(faults).toEqual(fault === undefined ? [] : [expect.stringContaining(fault)]);
  expect(faults.join()).not.toContain('51AbC');
});
