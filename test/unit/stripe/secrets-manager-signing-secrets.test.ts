import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { secretsManagerSigningSecrets } from '../../../lib/stripe/secrets-manager-signing-secrets.ts';

const secretsManager = mockClient(SecretsManagerClient);
let nowSec: number;

function signingSecrets() {
  return secretsManagerSigningSecrets(new SecretsManagerClient({}), 'arn:signing-secrets', () => nowSec);
}

function answersWith(text: string) {
  secretsManager.on(GetSecretValueCommand).resolves({ SecretString: text });
}

beforeEach(() => {
  secretsManager.reset();
  nowSec = 1_767_225_600;
});

it.each([
  ['whsec_one', ['whsec_one']],
  [' whsec_one\r\n\twhsec_two\n', ['whsec_one', 'whsec_two']],
  ['old: whsec_one # until Friday', ['whsec_one']],
  ['a placeholder', []],
])('reads %j as %j', async (text, secrets) => {
  answersWith(text);
  expect(await signingSecrets().live()).toEqual(secrets);
  expect(secretsManager.commandCalls(GetSecretValueCommand)[0]?.args[0].input).toEqual({
    SecretId: 'arn:signing-secrets',
  });
});

it('asks once for all that need them at the same time, and again after a minute', async () => {
  const secrets = signingSecrets();
  answersWith('whsec_one');
  await Promise.all([secrets.live(), secrets.live()]);
  answersWith('whsec_one whsec_two');
  nowSec += 59;
  expect(await secrets.live()).toEqual(['whsec_one']);
  expect(secretsManager.calls()).toHaveLength(1);
  nowSec += 1;
  expect(await secrets.live()).toEqual(['whsec_one', 'whsec_two']);
});

it('keeps the last known ones through an outage, and asks only once a minute', async () => {
  const secrets = signingSecrets();
  answersWith('whsec_one');
  await secrets.live();
  secretsManager.on(GetSecretValueCommand).rejects(new Error('down'));
  nowSec += 60;
  expect(await secrets.live()).toEqual(['whsec_one']);
  expect(await secrets.live()).toEqual(['whsec_one']);
  expect(secretsManager.calls()).toHaveLength(2);
});

it('rejects when it never had any, and asks again at once', async () => {
  const secrets = signingSecrets();
  secretsManager
    .on(GetSecretValueCommand)
    .rejectsOnce(new Error('down'))
    .resolves({ SecretString: 'whsec_one' });
  await expect(secrets.live()).rejects.toThrow('down');
  expect(await secrets.live()).toEqual(['whsec_one']);
});
