import type { AccountKey } from '../../domain/events/billing-event.ts';
import type { MailOptions } from '../../message/mail-options.ts';
import type { MailedNote } from '../../store/alert/alert-store.ts';
import type { Mailing } from '../mail-alerts.ts';
import { withLease } from '../with-lease.ts';
import { type ReaderHolds, readerHolds } from './reader-holds.ts';

/** What one invocation knows while it mails an account's alerts, under its lease. */
export interface MailRun {
  readonly key: AccountKey;
  readonly mailing: Mailing;
  /** The emails of the last day. */
  readonly before: readonly MailedNote[];
  /** Those of this run are added. */
  readonly mailed: MailedNote[];
  readonly holds: ReaderHolds;
  /** A person asks for all that is held or parked to be tried at once. */
  readonly isRetry: boolean;
  /** Whether there is time to begin an email. */
  isTimeLeft(): boolean;
  /** Whether there is time for one more write. */
  isAlive(): boolean;
  /** Whether the receiver answers; asked once. */
  isAnswering(): Promise<boolean>;
  /** Options for all emails: read once, as an account's state is large. */
  rendering(): Promise<MailOptions>;
  /** Notes what keeps a message waiting; the run goes on. */
  fail(error: unknown): void;
}

const lastWriteMs = 3_000;

/**
 * Does work that only one invocation may do at a time for an account; nothing when another holds its lease.
 * @returns what keeps messages waiting
 */
export async function mailRun(
  key: AccountKey,
  mailing: Mailing,
  { remainingMs, isRetry = false }: Invocation,
  work: (run: MailRun) => Promise<void>,
): Promise<readonly unknown[]> {
  const errors: unknown[] = [];
  let answering: Promise<boolean> | undefined;
  let options: Promise<MailOptions> | undefined;
  await withLease(key, mailing, async (lease, mailed, refused) => {
    const holds = readerHolds(lease.refused, mailing.nowSec, isRetry);
    try {
      await work({
        key,
        mailing,
        before: lease.mailed,
        mailed,
        holds,
        isRetry,
        isTimeLeft: () => remainingMs() >= mailing.slowestMailMs,
        isAlive: () => remainingMs() >= lastWriteMs,
        isAnswering: () => {
          answering ??= mailing.receiver.isAnswering();
          return answering;
        },
        rendering: () => {
          options ??= renderingFor(key, mailing);
          return options;
        },
        fail: (error) => void errors.push(error),
      });
    } finally {
      refused.push(...holds.list());
    }
  });
  return errors;
}

/** What the invocation says of itself. */
export interface Invocation {
  readonly remainingMs: () => number;
  readonly isRetry?: boolean;
}

async function renderingFor(key: AccountKey, mailing: Mailing): Promise<MailOptions> {
  const { accounts, rendering, feedbackLinks, nowSec } = mailing;
  const listeningSinceSec = await accounts.loadState(key).then(
    ({ state }) => state.listeningSinceSec || undefined, // 0 before the first sweep
    () => undefined,
  );
  return { ...rendering, listeningSinceSec, feedbackUrl: await feedbackLinks(), nowSec: nowSec() };
}
