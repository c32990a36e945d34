import Stripe from 'stripe';

/** Why a request was rejected; the caller learns only that it was. */
type RejectionReason = 'size' | 'encoding' | 'signature' | 'json';

type Verification =
  | { readonly ok: true; readonly payload: unknown; readonly text: string }
  | { readonly ok: false; readonly reason: RejectionReason };

/** An SQS message holds 1 MiB, and an event that we can't read goes there whole. */
const maxBodyBytes = 1_000_000;
/** Stripe's own tolerance, in both directions: the SDK refuses what is older, and takes any time in the future. */
const toleranceSec = 300;

const notSigned = { ok: false, reason: 'signature' } as const;

// A byte order mark stays, so that the text is exactly the bytes that were signed.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Is this body Stripe's, and what does it say? Anything but a clear yes is a rejection; it never throws.
 *
 * @param body the bytes as they came
 * @param header the `stripe-signature` header: `t=<Unix seconds>,v1=<hex>[,v1=<hex>]`
 * @param secrets every live signing secret (two while one is rolled); with none, everything is rejected
 * @example verify(Buffer.from('{"id":"evt_1"}'), 't=1,v1=00', ['whsec_x'], 1) // { ok: false, reason: 'signature' }
 */
export function verify(
  body: Uint8Array,
  header: string | undefined,
  secrets: readonly string[],
  nowSec: number,
): Verification {
  if (body.length === 0 || body.length > maxBodyBytes) return { ok: false, reason: 'size' };
  const text = attempt(() => utf8.decode(body));
  if (text === undefined) return { ok: false, reason: 'encoding' };

  const items = header === undefined ? '' : withoutBlanks(header);
  if (!(signedAtSec(items) - nowSec <= toleranceSec)) return notSigned;
  if (!secrets.some((secret) => isSignedWith(secret, text, items, nowSec))) return notSigned;

  const parsed = attempt((): { payload: unknown } => ({ payload: JSON.parse(text) }));
  return parsed === undefined ? { ok: false, reason: 'json' } : { ok: true, text, payload: parsed.payload };
}

function isSignedWith(secret: string, text: string, header: string, nowSec: number): boolean {
  const { signature } = Stripe.webhooks;
  const nowMs = nowSec * 1000;
  return (
    attempt(() => signature?.verifyHeader(text, header, secret, toleranceSec, undefined, nowMs)) === true
  );
}

/**
 * The header as Stripe writes it: a proxy may put blanks around its commas and equals signs, as HTTP allows in lists.
 * What is verified and whose time is read are this one text, so that the two can't differ.
 */
function withoutBlanks(header: string): string {
  const trimmed = (text: string, separator: string, inner: (part: string) => string): string =>
    text
      .split(separator)
      .map((part) => inner(part.trim()))
      .join(separator);
  return trimmed(header, ',', (item) => trimmed(item, '=', (part) => part));
}

/** The last `t=`, which is the one that the SDK verifies; NaN when there is none. */
function signedAtSec(header: string): number {
  const stamp = header.split(',').findLast((item) => item.startsWith('t='));
  return Number.parseInt(stamp?.slice('t='.length) ?? '', 10);
}

/** Whatever is thrown here is the caller's doing, and may quote the body or the signature: it is dropped. */
function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
