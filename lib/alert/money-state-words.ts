import type { MoneyState } from '../domain/money-state.ts';
import { capitalised } from './capitalised.ts';
import { dayWords, durationWords, timeWords } from './time-words.ts';

interface MoneyStateWords {
  /** For the subject; null when there is nothing to wait for. */
  readonly brief: string | null;
  readonly full: string;
}

/** Where the money is and how long a warning still helps, as of `nowSec`. */
export function moneyStateWords(money: MoneyState, nowSec: number, timeZone: string): MoneyStateWords {
  switch (money.state) {
    case 'upcoming':
      return upcomingWords(money, nowSec, timeZone);
    case 'draft':
      return draftWords(money, nowSec, timeZone);
    case 'open':
      return openWords(money, timeZone);
    case 'paid':
      return { brief: null, full: 'Paid: the money has been collected.' };
    case 'void':
      return { brief: null, full: 'Void: nobody owes it any more.' };
    case 'uncollectible':
      return { brief: null, full: 'Written off as uncollectible.' };
    case 'failed':
      return { brief: null, full: 'Not paid: the payments failed, no money has moved.' };
    case 'refunded':
      return { brief: null, full: 'Refunded: the money is on its way back to the customer.' };
    case 'unbilled':
      return { brief: null, full: 'Not billed: no invoice was made, no money has moved.' };
    case 'account':
      return { brief: null, full: 'It is about the whole account, not about one bill.' };
  }
}

function upcomingWords(money: MoneyState, nowSec: number, timeZone: string): MoneyStateWords {
  const atSec = money.finalizesAtSec;
  if (atSec === null || atSec <= nowSec)
    return { brief: null, full: 'Upcoming when it was seen: a forecast, its invoice was not made yet.' };
  const left = durationWords(atSec - nowSec);
  return {
    brief: `${money.collection === 'sent' ? 'final' : 'charges'} in ${left}`,
    full: `Upcoming: its invoice is not made yet, and will be ${money.collection} at ${timeWords(atSec, timeZone)}. ${capitalised(left)} left to put it right.`,
  };
}

function draftWords(money: MoneyState, nowSec: number, timeZone: string): MoneyStateWords {
  const atSec = money.finalizesAtSec;
  if (atSec === null) {
    return { brief: null, full: 'Draft: Stripe has no date on which it will finalise it by itself.' };
  }
  const time = timeWords(atSec, timeZone);
  if (atSec <= nowSec) {
    return {
      brief: null,
      full: `A draft when it was seen; it was finalised by Stripe at ${time}, unless somebody stopped it.`,
    };
  }
  const left = durationWords(atSec - nowSec);
  return {
    brief: `${money.collection === 'sent' ? 'final' : 'charges'} in ${left}`,
    full: `Draft: will be finalised and ${money.collection} at ${time}. ${capitalised(left)} left to stop it.`,
  };
}

function openWords(money: MoneyState, timeZone: string): MoneyStateWords {
  if (money.dueAtSec === null) return { brief: null, full: 'Open: finalised, not yet paid.' };
  const day = dayWords(money.dueAtSec, timeZone);
  return { brief: `due ${day}`, full: `Open: finalised, not yet paid, due ${day}.` };
}
