import type { AccountFact } from '../domain/account/account-facts-of.ts';
import {
  type Certificate,
  type ComparedStretch,
  certificateUntil,
  isOpen,
  withStretch,
} from '../domain/account/certificate.ts';
import { hourOf } from '../domain/account/hour-counts.ts';
import type { AccountKey } from '../domain/events/billing-event.ts';
import { daySec, hourSec } from '../domain/time.ts';
import type { EventQueue } from '../queue/event-queue.ts';
import type { AccountStore } from '../store/account/account-store.ts';
import type { CertificateStore, LoadedCertificate } from '../store/certificate/certificate-store.ts';
import { ledgerObjects, type StripeLedger, type Window } from '../stripe/stripe-ledger.ts';
import { compareWithStripe } from './compare-with-stripe.ts';

export interface Reconciling {
  readonly ledger: StripeLedger;
  readonly accounts: Pick<AccountStore, 'accounts' | 'factsIn'>;
  readonly certificates: CertificateStore;
  readonly queue: Pick<EventQueue, 'send'>;
  readonly nowSec: () => number;
  /** Most events or objects of one kind held at once; where there are more, a shorter stretch is compared. */
  readonly mostAtOnce: number;
  /** False when a run should end: the rest is for the next one. */
  readonly isTimeLeft: () => boolean;
}

const quietSec = 300; //           what is younger may be in flight: Stripe usually delivers within seconds
const reachSec = 30 * daySec; //   how far back Stripe lists events
const longestSec = 6 * hourSec; //    compared at once
const shortestSec = 60;
const objectHours = 3; //          after an object was created, some event has reported it: a draft's next comes in an hour

/**
 * Compares what Stripe created with what we saw, stretch by stretch, and puts what is missing on the queue. It begins
 * with stretches that were incomplete before, then continues from where the last run ended up to some minutes ago. The
 * certificate is saved after each stretch, so that a run that ends early keeps its results.
 * @param sinceSec begins again from there, as far back as Stripe lists events; without it the first run begins now
 * @throws {CertificateConflictError} another run is at this account
 */
export async function reconcileAccount(
  key: AccountKey,
  deps: Reconciling,
  sinceSec?: number,
): Promise<LoadedCertificate> {
  const { certificates, nowSec, mostAtOnce, isTimeLeft } = deps;
  let loaded = await certificates.load(key);
  const save = async (after: Certificate): Promise<void> => {
    loaded = await certificates.save(key, loaded, after);
  };
  const upToSec = nowSec() - quietSec;

  for (const open of loaded.certificate.stretches.filter(isOpen)) {
    if (!isTimeLeft()) return loaded;
    const again = await compareStretch(key, open, deps, Number.POSITIVE_INFINITY);
    if (again !== undefined) {
      const sentIn = Math.max(open.sentIn, again.sentIn);
      await save(withStretch(loaded.certificate, { ...again, sentIn, looks: open.looks + 1 }));
    }
  }

  const beginSec = sinceSec ?? (loaded.certificate.untilSec || upToSec);
  if (beginSec !== loaded.certificate.untilSec) await save(certificateUntil(beginSec, loaded.certificate));
  let fromSec = Math.max(beginSec, upToSec - reachSec);
  for (let lengthSec = longestSec; fromSec < upToSec && isTimeLeft(); ) {
    const window = { fromSec, toSec: Math.min(fromSec + lengthSec, upToSec) };
    const most = lengthSec > shortestSec ? mostAtOnce : Number.POSITIVE_INFINITY;
    const compared = await compareStretch(key, window, deps, most);
    if (compared === undefined) {
      lengthSec = Math.max(shortestSec, Math.floor(lengthSec / 2));
      continue;
    }
    await save(withStretch(loaded.certificate, compared));
    fromSec = compared.toSec;
    lengthSec = Math.min(longestSec, lengthSec * 2);
  }
  return loaded;
}

/** Compares one stretch; undefined when it holds more than is read at once. */
async function compareStretch(
  key: AccountKey,
  { fromSec, toSec }: Window,
  { ledger, accounts, queue, nowSec }: Reconciling,
  most: number,
): Promise<ComparedStretch | undefined> {
  const window = { fromSec, toSec };
  const events = await ledger.events(key.account, window, most);
  if (events === undefined) return undefined;
  const objects = [];
  for (const what of ledgerObjects) {
    const some = await ledger.objects(what, key.account, window, most);
    if (some === undefined) return undefined;
    objects.push(...some);
  }
  const facts = await factsBetween(key, window, accounts);
  const compared = compareWithStripe(key, { events, objects }, facts, nowSec());
  for (const event of compared.missing) await queue.send(event);
  return {
    ...window,
    events: compared.events,
    objects: compared.objects,
    sentIn: compared.missing.length,
    looks: 1,
  };
}

async function factsBetween(
  key: AccountKey,
  { fromSec, toSec }: Window,
  accounts: Pick<AccountStore, 'factsIn'>,
): Promise<readonly AccountFact[]> {
  const [from, to] = [hourOf(fromSec), hourOf(toSec) + objectHours];
  const hours = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return (await Promise.all(hours.map((hour) => accounts.factsIn(key, hour)))).flat();
}
