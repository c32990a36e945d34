import type { EventQueue } from '../queue/event-queue.ts';
import { normalizeEvent } from '../stripe/event/normalize.ts';
import { UnreadableEventError } from '../stripe/event/unreadable-event-error.ts';
import { looksSigned } from '../stripe/looks-signed.ts';
import type { SigningSecrets } from '../stripe/signing-secrets.ts';
import { verify } from '../stripe/verify.ts';

interface WebhookRequest {
  /** The bytes as they came. */
  readonly body: Uint8Array;
  /** The `stripe-signature` header. */
  readonly signature: string | undefined;
}

/** What is out of the ordinary. The usual event is not counted: its log line would cost more than its message. */
type Counted =
  | 'RejectedRequests'
  /** Signed as Stripe signs, with a secret that we don't have, or too old. */
  | 'RefusedSignatures'
  | 'IgnoredEvents'
  | 'ThinEvents'
  | 'UnreadableEvents'
  | 'TestModeEvents';

export interface WebhookDeps {
  readonly signingSecrets: SigningSecrets;
  readonly queue: EventQueue;
  /** `reason` says why or what kind; of a request that is not Stripe's it never holds a word. */
  readonly count: (what: Counted, reason: string) => void;
  readonly nowSec: () => number;
}

/** No request can be verified. It is answered 5xx, so that Stripe sends its events again. */
class NoSigningSecretError extends Error {
  override readonly name = 'NoSigningSecretError';

  constructor() {
    super(
      "No signing secret is set, so no event can be accepted: put the whsec_... of Stripe's webhook endpoint " +
        'into the secret that SIGNING_SECRETS_ARN names. It takes effect within a minute; Stripe sends again. ' +
        'The warning "The signing secret is not used whole" says what is wrong with what is there now.',
    );
  }
}

/**
 * Takes one delivery in: verified, read once, and in the queue before Stripe hears `accepted`.
 * Rejects when a secret or a queue can't be had; only then is it right that Stripe tries again.
 */
export async function receiveWebhook(
  request: WebhookRequest,
  { signingSecrets, queue, count, nowSec }: WebhookDeps,
): Promise<'accepted' | 'rejected'> {
  const secrets = await signingSecrets.live();
  if (secrets.length === 0) throw new NoSigningSecretError();

  const receivedAtSec = nowSec();
  const verified = verify(request.body, request.signature, secrets, receivedAtSec);
  if (!verified.ok) {
    count(looksSigned(request.signature) ? 'RefusedSignatures' : 'RejectedRequests', verified.reason);
    return 'rejected';
  }

  const reading = read(verified.payload, receivedAtSec);
  switch (reading.kind) {
    case 'event':
      await queue.send(reading.event);
      if (!reading.event.livemode) count('TestModeEvents', reading.event.kind);
      return 'accepted';
    case 'unreadable':
      await queue.setAside(verified.text);
      count('UnreadableEvents', reading.reason);
      return 'accepted';
    case 'ignored':
      count('IgnoredEvents', reading.type);
      return 'accepted';
    case 'thin':
      count('ThinEvents', reading.type);
      return 'accepted';
    case 'not_an_event':
      count('RejectedRequests', reading.kind);
      return 'rejected';
  }
}

/** Stripe holds a customer's invoices while it gets no 2xx, so not even a bug of the normaliser may reach it. */
function read(payload: unknown, receivedAtSec: number) {
  try {
    return normalizeEvent(payload, receivedAtSec);
  } catch (error) {
    const reason = error instanceof UnreadableEventError ? error.message : 'the normaliser failed';
    return { kind: 'unreadable', reason } as const;
  }
}
