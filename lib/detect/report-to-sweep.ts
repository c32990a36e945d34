import { type AccountFact, factsOf } from '../domain/account/account-facts-of.ts';
import type { AccountKey, BillingEvent } from '../domain/events/billing-event.ts';
import { renewalsDue } from '../domain/record/renewals-due.ts';
import type { AccountStore } from '../store/account/account-store.ts';
import type { RenewalCalendar } from '../store/renewal/renewal-calendar.ts';

/** Stores in which the sweep finds what the detector saw. */
export interface SweepInbox {
  readonly accounts: Pick<AccountStore, 'addAccountFacts'>;
  readonly calendar: Pick<RenewalCalendar, 'note'>;
}

/** Scores of one account, for its calibration. */
export type AccountScores = AccountKey & { readonly scores: readonly AccountFact[] };

/**
 * Reports to the sweep what these events say of their accounts: one write for each account and hour, and one for each
 * renewal that is now due. Both are sets, so events may be reported again, and need not have been judged. Scores of
 * judged events are reported with them. A crash between record and sweep loses some scores, which a sample tolerates.
 */
export async function reportToSweep(
  events: readonly BillingEvent[],
  { accounts, calendar }: SweepInbox,
  scores: readonly AccountScores[] = [],
): Promise<void> {
  const scoresOf = ({ account, livemode }: AccountKey) =>
    scores.flatMap((of) => (of.account === account && of.livemode === livemode ? of.scores : []));
  const byAccount = Map.groupBy(events, ({ account, livemode }) => `${account} ${livemode}`);
  const writes = [...byAccount.values()].map(async (some) => {
    const [{ account, livemode }] = some as [AccountKey, ...BillingEvent[]];
    const key = { account, livemode };
    await Promise.all([
      accounts.addAccountFacts(key, [...some.flatMap(factsOf), ...scoresOf(key)]),
      calendar.note(key, some.flatMap(renewalsDue)),
    ]);
  });
  await Promise.all(writes);
}
