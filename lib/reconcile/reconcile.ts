import { endpointDisabled } from '../detectors/health/endpoint-disabled.ts';
import { type Certificate, certificateWords, givenUp } from '../domain/account/certificate.ts';
import type { AccountKey, BillingEvent } from '../domain/events/billing-event.ts';
import { stripeAccountOf } from '../domain/events/of-account.ts';
import { type Finding, makeFinding } from '../domain/finding/finding.ts';
import { wholeAccount } from '../domain/finding/whole-account.ts';
import { CertificateConflictError, type LoadedCertificate } from '../store/certificate/certificate-store.ts';
import { stripeEventTypes } from '../stripe/event/normalize.ts';
import { webhookEndpointOf } from '../stripe/webhook-endpoint-of.ts';
import { type Reconciling, reconcileAccount } from './reconcile-account.ts';

export interface Reconciliation extends Reconciling {
  /** The address to which Stripe should send webhooks. */
  readonly webhookUrl: string;
  /** Ids of detectors that are switched off. */
  readonly off: readonly string[];
  /** The approximate number of events that wait for the detector. */
  readonly eventsWaiting: () => Promise<number>;
  /** Resolves once the findings are stored durably. */
  readonly sendFindings: (findings: readonly Finding[]) => Promise<void>;
}

/** The result for one account. */
export interface Reconciled extends AccountKey {
  /** e.g. `48,212 of 48,212 events ...` */
  readonly certificate: string;
  /** Events put on the queue by this run. */
  readonly sentIn: number;
  /** Events still unseen after this run, although they were sent in three times: no later run sends them in. */
  readonly givenUp: number;
}

/** Thrown when some accounts could not be compared; the others were. The next run continues where this one ended. */
export class ReconcileError extends AggregateError {
  constructor(errors: readonly unknown[]) {
    super(errors, `${errors.length} accounts could not be compared with Stripe; the next run continues.`);
    this.name = 'ReconcileError';
  }
}

/**
 * Most events that may wait for the detector: with more, unseen events are not missing, and adding to them would do
 * harm.
 */
const mostWaiting = 1_000;

/**
 * Compares each account of the key's mode with what Stripe lists, one after another, and checks the webhook endpoint.
 * @param sinceSec begins again from there
 * @returns the result for each account; nothing while too many events wait to be seen
 * @throws {ReconcileError} some failed, the rest is done
 */
export async function reconcile(
  deps: Reconciliation,
  sinceSec?: number,
): Promise<readonly Reconciled[] | 'events are waiting'> {
  if ((await deps.eventsWaiting()) > mostWaiting) return 'events are waiting';
  const { livemode } = deps.ledger;
  const own = { account: 'self', livemode };
  const connected = (await deps.accounts.accounts()).filter((key) => {
    const { account, connectedAccount } = stripeAccountOf(key.account);
    return key.livemode === livemode && account === own.account && connectedAccount !== undefined;
  });
  const errors: unknown[] = [];
  const done: Reconciled[] = [];
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof CertificateConflictError)) errors.push(error);
    }
  };
  if (!deps.off.includes(endpointDisabled.id)) await attempt(() => checkEndpoint(own, deps));
  for (const key of [own, ...connected]) {
    await attempt(async () => {
      const before = await deps.certificates.load(key);
      let sentIn = 0;
      const send = async (event: BillingEvent): Promise<void> => {
        await deps.queue.send(event);
        sentIn += 1;
      };
      const { certificate } = await reconcileAccount(key, { ...deps, queue: { send } }, sinceSec);
      const more = Math.max(0, givenUp(certificate) - givenUp(before.certificate));
      done.push({ ...key, certificate: certificateWords(certificate), sentIn, givenUp: more });
    });
  }
  if (errors.length > 0) throw new ReconcileError(errors);
  return done;
}

/**
 * Checks the webhook endpoint. The episode is saved before it is reported, and reported by each run while it lasts: the
 * alert Lambda drops the repeats.
 */
async function checkEndpoint(own: AccountKey, deps: Reconciliation): Promise<void> {
  const { ledger, certificates, webhookUrl, nowSec, sendFindings } = deps;
  const endpoints = (await ledger.webhookEndpoints()).map(webhookEndpointOf);
  const problem = endpointDisabled.problemOf(endpoints, webhookUrl, stripeEventTypes);
  const loaded = await certificates.load(own);
  const endpoint = episodeOf(problem, loaded, nowSec());
  if (endpoint !== loaded.certificate.endpoint)
    await certificates.save(own, loaded, { ...loaded.certificate, endpoint });
  if (endpoint === null) return;
  const judgement = endpointDisabled.judgement(endpoint.problem, endpoint.sinceSec);
  const foundIn = { ...own, ...wholeAccount('webhooks', nowSec()) };
  await sendFindings([makeFinding(endpointDisabled, judgement, foundIn)]);
}

function episodeOf(
  problem: string | null,
  { certificate }: LoadedCertificate,
  nowSec: number,
): Certificate['endpoint'] {
  if (problem === null) return null;
  return certificate.endpoint?.problem === problem ? certificate.endpoint : { problem, sinceSec: nowSec };
}
