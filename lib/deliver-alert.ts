import type { Mailer } from './alert/mailer.ts';
import { render } from './alert/render.ts';
import type { Finding } from './domain/finding.ts';
import type { AlertClaims } from './store/alert-claims.ts';

export interface DeliveryDeps {
  readonly claims: AlertClaims;
  readonly mailer: Mailer;
  readonly recipients: { readonly finance: readonly string[]; readonly platform: readonly string[] };
  readonly timeZone: string;
  readonly mailDomain: string;
  readonly nowSec: () => number;
}

/**
 * - `sent`: it is in a mailbox's hands and recorded.
 * - `sent_unrecorded`: sent, but that could not be written down. Trying again would only send it twice.
 * - `repeat`: it was sent before.
 * - `held`: another try has it. Try again later, in case that one dies.
 */
export type Delivery = 'sent' | 'sent_unrecorded' | 'repeat' | 'held';

/**
 * Mails a finding that has not been mailed yet: claim, send, record.
 *
 * Never lost: a try that dies leaves a claim that runs out, and the queue tries again. Sent twice only if SES takes
 * the mail and nobody learns of it, because the function dies or the answer is lost between SES and the record. SES
 * has no way to ask, so it is one or the other: we choose twice over never.
 *
 * Test mode goes to the platform team, never to finance.
 * @throws what the claims or the mailer throw: nothing was sent, the finding must go back to the queue
 */
export async function deliverAlert(finding: Finding, deps: DeliveryDeps): Promise<Delivery> {
  const { claims, nowSec } = deps;
  const claim = await claims.claim(finding, nowSec());
  if (claim === 'sent') return 'repeat';
  if (claim === 'held') return 'held';
  let mailId: string;
  try {
    mailId = await send(finding, deps);
  } catch (error) {
    await claims.release(claim);
    throw error;
  }
  return claims.recordSent(claim, mailId, nowSec()).then(
    () => 'sent',
    () => 'sent_unrecorded',
  );
}

function send(finding: Finding, deps: DeliveryDeps): Promise<string> {
  const { mailer, recipients, timeZone, mailDomain } = deps;
  const nowSec = deps.nowSec();
  const mode = finding.livemode ? 'live' : 'test';
  return mailer.send({
    ...render(finding, { nowSec, timeZone, mailDomain }),
    to: finding.livemode ? recipients.finance : recipients.platform,
    tags: { detector: finding.detector, severity: finding.severity, mode },
    writtenAtSec: nowSec,
  });
}
