import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { secretText } from './secret-text.ts';
import { wordsOfSecret } from './words-of-secret.ts';

/** How long after it is changed a secret takes effect, at most. */
const maxAgeSec = 60;

export interface SecretWords {
  /** One as a rule, two while it is rolled. Rejects when they can't be had and never could. */
  live(): Promise<readonly string[]>;
}

interface SecretRules {
  readonly secretId: string;
  /** What is wrong with a word, without the word itself; undefined for a usable one. */
  readonly faultOf: (word: string) => string | undefined;
  /** Called with why words are not used, safe to log: once, and again when the faults change. */
  readonly onFaults: (faults: readonly string[]) => void;
  readonly nowSec: () => number;
}

/**
 * Reads one secret that holds words separated by white space or commas, plain or as `secretText` reads it; words with a
 * fault are not used.
 * While Secrets Manager does not answer, the last known ones stay live: its outage must not become ours.
 */
export function secretWords(
  client: SecretsManagerClient,
  { secretId, faultOf, onFaults, nowSec }: SecretRules,
): SecretWords {
  let latest: Promise<readonly string[]> | undefined;
  let askedAtSec = 0;
  let reported = '';

  async function ask(lastKnown: Promise<readonly string[]> | undefined): Promise<readonly string[]> {
    try {
      const secret = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
      const { words, faults } = wordsOfSecret(secretText(secret), faultOf);
      const found = faults.join();
      if (found !== '' && found !== reported) onFaults(faults);
      reported = found;
      return words;
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
