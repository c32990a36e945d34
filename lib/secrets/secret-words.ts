import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** How long after it is changed a secret takes effect, at most. */
const maxAgeSec = 60;

export interface SecretWords {
  /** One as a rule, two while it is rolled. Rejects when they can't be had and never could. */
  live(): Promise<readonly string[]>;
}

/**
 * Reads one secret whose text holds words separated by white space; what `isWord` does not know is ignored.
 * While Secrets Manager does not answer, the last known ones stay live: its outage is nobody else's.
 */
export function secretWords(
  client: SecretsManagerClient,
  secretId: string,
  nowSec: () => number,
  isWord: (word: string) => boolean,
): SecretWords {
  let latest: Promise<readonly string[]> | undefined;
  let askedAtSec = 0;

  async function ask(lastKnown: Promise<readonly string[]> | undefined): Promise<readonly string[]> {
    try {
      const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
      return SecretString.split(/\s+/).filter(isWord);
    } catch (error) {
      if (lastKnown !== undefined) return lastKnown;
      latest = undefined; // nothing to fall back on: the next call asks again
      throw error;
    }
  }

  return {
    live() {
      if (latest === undefined || nowSec() - askedAtSec >= maxAgeSec) {
        askedAtSec = nowSec();
        latest = ask(latest);
      }
      return latest;
    },
  };
}
