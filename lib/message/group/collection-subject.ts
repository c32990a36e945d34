import type { Finding } from '../../domain/finding/finding.ts';
import { atStake } from '../at-stake.ts';
import { firstDeadline } from '../first-deadline.ts';
import { waitWords } from '../money-state-words.ts';
import { subjectStart } from '../subject-start.ts';
import { shortened } from '../text/shortened.ts';
import { durationWords } from '../text/time-words.ts';

const maxLength = 90;

/**
 * The subject of an email about several findings, in one line of at most 90 characters: severity, what, the sum in each
 * currency, the deadline. What does not fit is dropped in this order: the name of the cause, all currencies but the
 * first two, the deadline.
 * For example, `collectionSubject(findings, ['200 invoices bill Team plan at another price', '200 invoices bill another price'], nowSec)` is
 * 'High: 200 invoices bill another price, $12,340.00 and €2,100.00 at stake, charges in 47 min'.
 * @param says what the email reports, in words: the longest first
 */
export function collectionSubject(
  findings: readonly Finding[],
  says: readonly string[],
  nowSec: number,
): string {
  const [first] = findings;
  const start = first === undefined ? '' : subjectStart(first, first.severity);
  const money = moneyPhrases(findings);
  const lines = [...waitPhrases(findings, nowSec), null].flatMap((wait) =>
    money.flatMap((amount) =>
      says.map((what) => start + [what, amount, wait].filter((part) => part !== null).join(', ')),
    ),
  );
  const fitting = lines.find(({ length }) => length <= maxLength);
  return fitting ?? shortened(start + (says.at(-1) ?? ''), maxLength);
}

function moneyPhrases(findings: readonly Finding[]): readonly (string | null)[] {
  const { totals } = atStake(findings);
  if (totals.length === 0) return [null];
  const upTo = (count: number): string => {
    const more = totals.length - count;
    if (more <= 0) return `${totals.join(' and ')} at stake`;
    return `${totals.slice(0, count).join(', ')} and ${more} more ${more === 1 ? 'currency' : 'currencies'} at stake`;
  };
  return [upTo(2), upTo(1)];
}

function waitPhrases(findings: readonly Finding[], nowSec: number): readonly string[] {
  const deadline = firstDeadline(findings, nowSec);
  if (deadline === undefined) return [];
  const { money } = deadline.finding;
  const about = money.finalizesAtIs === 'estimated' ? 'about ' : '';
  const wait = waitWords(money, `${about}${durationWords(deadline.atSec - nowSec)}`);
  return [`first ${wait.replace('charges', 'charged')}`, wait];
}
