import { signingSecretsFrom } from '../../../infra/local/signing-secrets-from.ts';
import { StartError } from '../../../infra/local/start-error.ts';

it.each([
  [undefined, 'whsec_only_on_this_machine'],
  [' \n', 'whsec_only_on_this_machine'],
  ['whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh\n', 'whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh'],
  [
    'whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh, whsec_twoQ2w3E4r5T6z7U8i9O0pLkJh',
    'whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh whsec_twoQ2w3E4r5T6z7U8i9O0pLkJh',
  ],
])('takes %j as %j', (variable, secrets) => expect(signingSecretsFrom(variable)).toBe(secrets));

it.each([
  ['whsec_', 'word 1 of 1: nothing follows whsec_.'],
  ['whsec_...', 'word 1 of 1: a placeholder follows whsec_.'],
  ['whsec_oneQ2w3E4r5T6z7U8i9O0pLkJh,sk_test_51AbC', 'word 2 of 2: it does not begin with whsec_.'],
])('refuses %j in one sentence without the secret', (variable, fault) => {
  expect(() => signingSecretsFrom(variable)).toThrow(StartError);
  expect(() => signingSecretsFrom(variable)).toThrow(fault);
  expect(() => signingSecretsFrom(variable)).not.toThrow('51AbC');
});
