import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { secretWords } from '../secrets/secret-words.ts';
import type { SigningSecrets } from './signing-secrets.ts';

/** Reads one secret whose text holds the `whsec_...` separated by white space; anything else in it is ignored. */
export function secretsManagerSigningSecrets(
  client: SecretsManagerClient,
  secretId: string,
  nowSec: () => number,
): SigningSecrets {
  return secretWords(client, secretId, nowSec, (word) => word.startsWith('whsec_'));
}
