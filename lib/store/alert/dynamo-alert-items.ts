import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { AccountKey } from '../../domain/events/billing-event.ts';
import type { Alert } from '../../domain/finding/alert.ts';
import { daySec } from '../../domain/time.ts';
import { accountName } from '../account-name.ts';
import { decodeAlert, encodeAlert } from './alert-codec.ts';
import type { AlertKey } from './alert-store.ts';

/*
 * Keys:   pk = alert#<account>#<live|test>#<id>    sk = alert                the alert; the truth
 *         pk = outbox#<account>#<live|test>        sk = <filed at>#<id>      it waits to be mailed
 *         pk = mailed#<account>#<live|test>        sk = <mailed at>#<id>     it was mailed then
 *         pk = outboxes                            sk = <account>#<live|test>   something may wait there
 *         pk = turn#<account>#<live|test>          sk = turn                 the lease, and what was mailed today
 * Fields: d = the alert, packed   until = Unix seconds   notes, refused = JSON   v = random   ttl = Unix seconds
 *
 * The alert is the source of truth. The others are pointers, written after it and removed after it: a crash between two
 * writes leaves a pointer to something that no longer waits, and the next reader removes it. The marker among the
 * outboxes is removed only when nothing waits and nothing was filed since: each filing renews its `v`.
 */

const alertKeptSec = 400 * daySec;

type Kind = 'outbox' | 'mailed' | 'turn';

export function partition(kind: Kind, key: AccountKey): string {
  return `${kind}#${accountName(key)}`;
}

/** The marker of an account whose outbox may hold something. */
export function signKey(key: AccountKey) {
  return { pk: { S: 'outboxes' }, sk: { S: accountName(key) } };
}

export function alertKey(key: AlertKey) {
  return { pk: { S: `alert#${accountName(key)}#${key.id}` }, sk: { S: 'alert' } };
}

export function alertItem(alert: Alert) {
  const ttl = { N: String((alert.mailedAtSec ?? alert.filedAtSec) + alertKeptSec) };
  return { ...alertKey(alert.finding), d: { B: encodeAlert(alert) }, ttl };
}

export function alertIn({ d }: Record<string, AttributeValue>): Alert {
  return decodeAlert(d?.B ?? new Uint8Array());
}

export function pointer(kind: Kind, { finding }: Alert, atSec: number) {
  return {
    pk: { S: partition(kind, finding) },
    sk: { S: `${timeKey(atSec)}#${finding.id}` },
    ttl: { N: String(atSec + alertKeptSec) },
  };
}

/** A time as ten digits, until 2286: they sort in the order of time. */
export function timeKey(atSec: number): string {
  return String(atSec).padStart(10, '0');
}

export function idIn(sortKey: string): string {
  return sortKey.slice(sortKey.indexOf('#') + 1);
}
