import type { AccountKey } from '../../domain/events/billing-event.ts';
import { type Finding, findingId } from '../../domain/finding/finding.ts';

/**
 * The `References` of an email about one finding: the thread of its Stripe object, and that of its cause when it has
 * one, as an email about several may have reported it. They name roots that only exist as ids.
 * For example, `threadsOf(finding, 'example.com')` is '<thread-413ee51f053cd8065ea82f0178@example.com>'.
 */
export function threadsOf(finding: Finding, mailDomain: string): string {
  const ofObject = threadOf(findingId(finding, 'thread', finding.object), mailDomain);
  return finding.cause === undefined
    ? ofObject
    : `${ofObject} ${sharedThread(finding, finding.cause, mailDomain)}`;
}

/** The thread of findings of one account that share a cause, or the day of a digest. */
export function sharedThread(key: AccountKey, what: string, mailDomain: string): string {
  return threadOf(findingId({ ...key, customer: null }, 'shared', what), mailDomain);
}

function threadOf(id: string, mailDomain: string): string {
  return `<thread-${id}@${mailDomain}>`;
}
