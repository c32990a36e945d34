import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { secretsManagerSigningSecrets } from '../../../lib/stripe/secrets-manager-signing-secrets.ts';

const secretsManager = mockClient(SecretsManagerClient);
let nowSec: number;
let faults: (readonly string[])[];

function signingSecrets() {
  const client = new SecretsManagerClient({});
  const onFaults = (found: readonly string[]) => void faults.push(found);
  return secretsManagerSigningSecrets(client, 'arn:signing-secrets', () => nowSec, onFaults);
}

function answersWith(text: string) {
  secretsManager.on(GetSecretValueCommand).resolves({ SecretString: text });
}

beforeEach(() => {
  secretsManager.reset();
  nowSec = 1_767_225_600;
  faults = [];
});

it.each([
  ['whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh', ['whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh']],
  [
    ' whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh\r\n\twhsec_twoQ2w3E4r5T6z7U8i9O0pLkJh\n',
    ['whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh', 'whsec_twoQ2w3E4r5T6z7U8i9O0pLkJh'],
  ],
  [
    'whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh,whsec_twoQ2w3E4r5T6z7U8i9O0pLkJh',
    ['whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh', 'whsec_twoQ2w3E4r5T6z7U8i9O0pLkJh'],
  ],
  [
    'whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh, whsec_twoQ2w3E4r5T6z7U8i9O0pLkJh,\n',
    ['whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh', 'whsec_twoQ2w3E4r5T6z7U8i9O0pLkJh'],
  ],
  ['old: whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh # until Friday', ['whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh']],
  ['a placeholder', []],
])('reads %j as %j', async (text, secrets) => {
  answersWith(text);
  expect(await signingSecrets().live()).toEqual(secrets);
  expect(secretsManager.commandCalls(GetSecretValueCommand)[0]?.args[0].input).toEqual({
    SecretId: 'arn:signing-secrets',
  });
});

it.each([
  ['whsec_', 'word 1 of 1: nothing follows whsec_'],
  ['whsec_...', 'word 1 of 1: a placeholder follows whsec_'],
  ['whsec_…', 'word 1 of 1: a placeholder follows whsec_'],
  ['whsec_<secret>', 'word 1 of 1: a placeholder follows whsec_'],
  ['whsec_••••••••', 'word 1 of 1: a placeholder follows whsec_'],
  ['whsec_xxxxxxxxxxxxxxxx', 'word 1 of 1: a placeholder follows whsec_'],
  ['whsec_your_signing_secret', 'word 1 of 1: a placeholder follows whsec_'],
  ['rk_live_51AbC', 'word 1 of 1: it does not begin with whsec_'],
  ['', 'it is empty'],
  [' ,\n', 'it is empty'],
])('refuses %j and says why', async (text, fault) => {
  answersWith(text);
  expect(await signingSecrets().live()).toEqual([]);
  expect(faults).toEqual([[fault]]);
});

const one = 'whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh';
const two = 'whsec_twoQ2w3E4r5T6z7U8i9O0pLkJh';

it.each([
  ['JSON of the console', `{"whsec":"${one}"}`, [one]],
  ['JSON under any key, with white space', ` {\n "STRIPE_SECRET": "${one} "\n}\n`, [one]],
  ['JSON of both during a roll', `{"new":"${two}","old":"${one}"}`, [two, one]],
  ['JSON of a list', `["${one}", "${two}"]`, [one, two]],
  ['JSON with both in one value', `{"whsec":"${one}, ${two}"}`, [one, two]],
  ['double quotes', `"${one}"`, [one]],
  ['single quotes, as cmd.exe passes them', `'${one}'`, [one]],
  ['quotes around each', `"${one}" '${two}'`, [one, two]],
  ['quotes of a document', `“${one}”`, [one]],
  ['quotes in JSON', JSON.stringify({ a: `"${one}"` }), [one]],
])('takes a secret stored as %s', async (_what, text, secrets) => {
  answersWith(text);
  expect(await signingSecrets().live()).toEqual(secrets);
  expect(faults).toEqual([]);
});

it.each([
  ['plain', Buffer.from(one)],
  ['with a line end', Buffer.from(`${one}\r\n`)],
  ['as JSON', Buffer.from(`{"whsec":"${one}"}`)],
  ['with a byte order mark', Buffer.from(`\ufeff${one}`)],
  ['in UTF-16, as PowerShell writes files', Buffer.from(`\ufeff${one}\r\n`, 'utf16le')],
])('takes a secret stored as binary, %s', async (_what, SecretBinary) => {
  secretsManager.on(GetSecretValueCommand).resolves({ SecretBinary: new Uint8Array(SecretBinary) });
  expect(await signingSecrets().live()).toEqual([one]);
  expect(faults).toEqual([]);
});

it.each([
  ['{"whsec":""}', 'it is empty'],
  ['{}', 'it is empty'],
  ['""', 'it is empty'],
  ['{"whsec":"whsec_..."}', 'word 1 of 1: a placeholder follows whsec_'],
  ['{"STRIPE_SECRET":"rk_live_51AbC"}', 'word 1 of 1: it does not begin with whsec_'],
  ['{"whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh":""}', 'it is empty'],
])('refuses %j, and says why without a word of it', async (text, fault) => {
  answersWith(text);
  expect(await signingSecrets().live()).toEqual([]);
  expect(faults).toEqual([[fault]]);
});

it('refuses bytes that are no text', async () => {
  secretsManager.on(GetSecretValueCommand).resolves({ SecretBinary: new Uint8Array([0, 200, 255, 254]) });
  expect(await signingSecrets().live()).toEqual([]);
  expect(faults).toEqual([['word 1 of 1: it does not begin with whsec_']]);
});

it('takes the good secret next to a bad one, and names no word of the secret', async () => {
  answersWith('whsec_..., whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh $ecret');
  expect(await signingSecrets().live()).toEqual(['whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh']);
  expect(faults).toEqual([
    ['word 1 of 3: a placeholder follows whsec_', 'word 3 of 3: it does not begin with whsec_'],
  ]);
});

it('says what is wrong once, and again when that changes', async () => {
  const secrets = signingSecrets();
  const reads = ['whsec_', 'whsec_', 'whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh', 'whsec_'];
  for (const text of reads) {
    answersWith(text);
    await secrets.live();
    nowSec += 60;
  }
  expect(faults).toEqual([['word 1 of 1: nothing follows whsec_'], ['word 1 of 1: nothing follows whsec_']]);
});

it('asks once for all that need them at the same time, and again after a minute', async () => {
  const secrets = signingSecrets();
  answersWith('whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh');
  await Promise.all([secrets.live(), secrets.live()]);
  answersWith('whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh whsec_twoQ2w3E4r5T6z7U8i9O0pLkJh');
  nowSec += 59;
  expect(await secrets.live()).toEqual(['whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh']);
  expect(secretsManager.calls()).toHaveLength(1);
  nowSec += 1;
  expect(await secrets.live()).toEqual([
    'whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh',
    'whsec_twoQ2w3E4r5T6z7U8i9O0pLkJh',
  ]);
});

it('keeps the last known ones through an outage, and asks only once a minute', async () => {
  const secrets = signingSecrets();
  answersWith('whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh');
  await secrets.live();
  secretsManager.on(GetSecretValueCommand).rejects(new Error('down'));
  nowSec += 60;
  expect(await secrets.live()).toEqual(['whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh']);
  expect(await secrets.live()).toEqual(['whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh']);
  expect(secretsManager.calls()).toHaveLength(2);
});

it('rejects when it never had any, and asks again at once', async () => {
  const secrets = signingSecrets();
  secretsManager
    .on(GetSecretValueCommand)
    .rejectsOnce(new Error('down'))
    .resolves({ SecretString: 'whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh' });
  await expect(secrets.live()).rejects.toThrow('down');
  expect(await secrets.live()).toEqual(['whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh']);
});
