import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { secretWords } from '../secrets/secret-words.ts';
import { signingSecretFault } from './signing-secret-fault.ts';
import type { SigningSecrets } from './signing-secrets.ts';

/**
 * Reads one secret whose text holds the `whsec_...` separated by white space or commas.
 * @param onFaults called with why anything else in it is not used, safe to log
 */
export function secretsManagerSigningSecrets(
  client: SecretsManagerClient,
  secretId: string,
  nowSec: () => number,
  onFaults: (faults: readonly string[]) => void,
): SigningSecrets {
  return secretWords(client, { secretId, faultOf: signingSecretFault, onFaults, nowSec });
}
