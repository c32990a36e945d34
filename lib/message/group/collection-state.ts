import { customerLabel } from '../../domain/events/customer-label.ts';
import type { Finding } from '../../domain/finding/finding.ts';
import type { MoneyState } from '../../domain/finding/money-state.ts';
import { firstDeadline } from '../first-deadline.ts';
import { listed } from '../text/counted.ts';
import { durationWords, timeWords } from '../text/time-words.ts';

/**
 * The state of the money of several findings, and which draft is finalised first.
 * For example, `collectionState(findings, nowSec, 'Europe/Berlin')` is
 * '180 draft, 15 open and 5 paid. The first is finalised and charged at 15:47 CET on 23 Nov 2026: Acme Ltd, 47 min left to stop it.'.
 */
export function collectionState(findings: readonly Finding[], nowSec: number, timeZone: string): string {
  const byState = Map.groupBy(findings, ({ money }) => stateOf(money, nowSec));
  const largestFirst = [...byState].sort((a, b) => b[1].length - a[1].length);
  const counts = largestFirst.map(([state, some]) => `${some.length.toLocaleString('en-US')} ${state}`);
  const states = `${listed(counts)}.`;
  const first = firstDeadline(findings, nowSec);
  if (first === undefined) return states;
  const { finding, atSec } = first;
  const { collection, finalizesAtIs, isNothingDue } = finding.money;
  const about = finalizesAtIs === 'estimated' ? 'about ' : '';
  const left = `${about}${durationWords(atSec - nowSec)}`;
  const collected = isNothingDue ? '' : ` and ${collection}`;
  return `${states} The first is finalised${collected} at ${about}${timeWords(atSec, timeZone)}: ${customerLabel(finding)}, ${left} left to stop it.`;
}

function stateOf({ state, finalizesAtSec }: MoneyState, nowSec: number): string {
  const isOver =
    (state === 'draft' || state === 'upcoming') && finalizesAtSec !== null && finalizesAtSec <= nowSec;
  return isOver ? 'finalised since' : stateWords[state];
}

const stateWords: Readonly<Record<MoneyState['state'], string>> = {
  upcoming: 'upcoming',
  draft: 'draft',
  open: 'open',
  paid: 'paid',
  void: 'void',
  uncollectible: 'written off',
  failed: 'not paid',
  refunded: 'refunded',
  unbilled: 'not billed',
  subscription: 'about subscriptions',
  account: 'about the whole account',
};
