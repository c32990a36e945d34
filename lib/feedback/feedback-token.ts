import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Finding } from '../domain/finding/finding.ts';

/** The right to see one alert and to answer it, until it expires. */
export interface FeedbackClaims extends Pick<Finding, 'account' | 'livemode' | 'id'> {
  /** Unix seconds. */
  readonly expiresAtSec: number;
}

/** What the HMAC is of begins with it, so that no other use of the key could ever make a token. */
const purpose = 'billingwatch feedback 1\n';
const maxLength = 1_000; // characters; the longest account id and finding id make 200
const minKeyLength = 32; // characters; CDK makes 64

/** Whether a word of the secret is a key: what is short was typed, and can be guessed. */
export function isFeedbackKey(word: string): boolean {
  return word.length >= minKeyLength;
}

/** Why a word of the secret is no key, without the word itself; undefined when it is one. */
export function feedbackKeyFault(word: string): string | undefined {
  return isFeedbackKey(word) ? undefined : `it is shorter than ${minKeyLength} characters`;
}

/**
 * A token that only who knows the key can make: `<claims>.<HMAC-SHA256 of them>`, both base64url.
 * For example, `openToken(sealToken(claims, key), [key], nowSec)` equals claims, until they expire.
 */
export function sealToken({ account, livemode, id, expiresAtSec }: FeedbackClaims, key: string): string {
  const claims = Buffer.from(JSON.stringify([account, livemode, id, expiresAtSec])).toString('base64url');
  return `${claims}.${signatureOf(claims, key)}`;
}

/**
 * The claims of a token that one of the keys has made and that has not expired; undefined of any other text.
 * Signatures are compared as they are written, so that a token has one spelling, and in constant time.
 */
export function openToken(
  token: string,
  keys: readonly string[],
  nowSec: number,
): FeedbackClaims | undefined {
  const [claims = '', signature = '', ...rest] = token.length > maxLength ? [] : token.split('.');
  const isOurs = keys.some((key) => isSame(signature, signatureOf(claims, key)));
  if (!isOurs || rest.length > 0) return undefined;
  const [account, livemode, id, expiresAtSec] = JSON.parse(Buffer.from(claims, 'base64url').toString());
  return expiresAtSec > nowSec ? { account, livemode, id, expiresAtSec } : undefined;
}

function signatureOf(claims: string, key: string): string {
  return createHmac('sha256', key).update(purpose).update(claims).digest('base64url');
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
