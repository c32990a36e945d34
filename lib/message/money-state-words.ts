import type { MoneyState } from '../domain/finding/money-state.ts';
import { capitalised } from './text/capitalised.ts';
import { dayWords, durationWords, timeWords } from './text/time-words.ts';

interface MoneyStateWords {
  /** The words for the subject; null when there is no deadline. */
  readonly brief: string | null;
  readonly full: string;
}

/** The state of the money and the time in which a warning still helps, as of `nowSec`. */
export function moneyStateWords(money: MoneyState, nowSec: number, timeZone: string): MoneyStateWords {
  switch (money.state) {
    case 'upcoming':
      return upcomingWords(money, nowSec, timeZone);
    case 'draft':
      return draftWords(money, nowSec, timeZone);
    case 'open':
      return openWords(money, timeZone);
    case 'paid':
      return {
        brief: null,
        full: money.isNothingDue
          ? 'Closed as paid: nothing was due, and no money was collected.'
          : 'Paid: money has been collected.',
      };
    case 'void':
      return { brief: null, full: 'Void: it is no longer owed.' };
    case 'uncollectible':
      return { brief: null, full: 'Written off as uncollectible.' };
    case 'failed':
      return { brief: null, full: 'Not paid: the payments failed, no money has moved.' };
    case 'refunded':
      return { brief: null, full: 'Refunded: the money is on its way back to the customer.' };
    case 'unbilled':
      return { brief: null, full: 'Not billed: no invoice was made, no money has moved.' };
    case 'subscription':
      return { brief: null, full: 'It is about subscriptions, not about one bill.' };
    case 'account':
      return { brief: null, full: 'It is about the whole account, not about one bill.' };
  }
}

function upcomingWords(money: MoneyState, nowSec: number, timeZone: string): MoneyStateWords {
  const atSec = money.finalizesAtSec;
  if (atSec === null || atSec <= nowSec)
    return { brief: null, full: 'Upcoming when it was seen: a forecast, its invoice was not made yet.' };
  const { left, time } = deadlineWords(money, atSec, nowSec, timeZone);
  const what = money.isNothingDue ? 'final' : money.collection;
  const due = money.isNothingDue ? ` ${nothingDue}` : '';
  return {
    brief: waitWords(money, left),
    full: `Upcoming: its invoice is not made yet, and will be ${what} ${time}.${due} ${capitalised(left)} left to correct it.`,
  };
}

function draftWords(money: MoneyState, nowSec: number, timeZone: string): MoneyStateWords {
  const atSec = money.finalizesAtSec;
  if (atSec === null) return { brief: null, full: undatedWords(money) };
  const { left, time } = deadlineWords(money, atSec, nowSec, timeZone);
  if (atSec <= nowSec) {
    return {
      brief: null,
      full: `A draft when it was seen; it was finalised by Stripe ${time}, unless someone stopped it.`,
    };
  }
  const collected = money.isNothingDue ? '' : ` and ${money.collection}`;
  const due = money.isNothingDue ? ` ${nothingDue}` : '';
  return {
    brief: waitWords(money, left),
    full: `Draft: will be finalised${collected} ${time}.${due} ${capitalised(left)} left to stop it.`,
  };
}

function undatedWords({ finalizesAtIs }: MoneyState): string {
  return finalizesAtIs === 'unsaid'
    ? 'Draft: Stripe’s event does not say when it will be finalised, which may be at once.'
    : 'Draft: Stripe has no date on which it will finalise it by itself.';
}

const nothingDue = 'Nothing is due on it, so no money will be collected.';

function deadlineWords({ finalizesAtIs }: MoneyState, atSec: number, nowSec: number, timeZone: string) {
  const [left, time] = [durationWords(atSec - nowSec), timeWords(atSec, timeZone)];
  return finalizesAtIs === 'estimated'
    ? { left: `about ${left}`, time: `at about ${time} (Stripe’s usual hour after it is made)` }
    : { left, time: `at ${time}` };
}

/**
 * The next step of a draft, for a subject.
 * @param left the time that is left
 * @example waitWords({ collection: 'charged', isNothingDue: false }, '47 min') // 'charges in 47 min'
 */
export function waitWords(
  { collection, isNothingDue }: Pick<MoneyState, 'collection' | 'isNothingDue'>,
  left: string,
): string {
  return `${collection === 'sent' || isNothingDue ? 'final' : 'charges'} in ${left}`;
}

function openWords(money: MoneyState, timeZone: string): MoneyStateWords {
  if (money.isNothingDue) return { brief: null, full: 'Open: finalised, and nothing is due on it.' };
  if (money.dueAtSec === null) return { brief: null, full: 'Open: finalised, not yet paid.' };
  const day = dayWords(money.dueAtSec, timeZone);
  return { brief: `due ${day}`, full: `Open: finalised, not yet paid, due ${day}.` };
}
