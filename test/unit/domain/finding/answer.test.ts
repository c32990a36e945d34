import { type Answer, conditionOf, mutedUntilSec } from '../../../../lib/domain/finding/answer.ts';
import type { Finding } from '../../../../lib/domain/finding/finding.ts';
import { brokenSum, cardTesting, draftSpike, nowSec } from '../../message/sample-findings.ts';

const untilSec = nowSec + 86_400;

function answerTo(finding: Finding, kind: Answer['kind'], change: Partial<Answer> = {}): Answer {
  const { account, livemode, customer, detector, id, object } = finding;
  const isQuiet = kind === 'planned' || kind === 'snoozed';
  return {
    ...{ account, livemode, customer, detector, object, kind },
    alert: id,
    condition: conditionOf(finding),
    untilSec: isQuiet ? untilSec : null,
    atSec: nowSec,
    resolved: null,
    count: 1,
    ...change,
  };
}

const isMuted = (finding: Finding, answer: Answer, atSec = nowSec) =>
  mutedUntilSec(finding, [answer], atSec) !== undefined;
const next: Finding = { ...draftSpike, id: 'next', object: 'in_next', about: 'in_next' };

it('keeps all of a detector about a customer quiet while something is planned, to the second', () => {
  const planned = answerTo(draftSpike, 'planned');
  expect(isMuted(next, planned)).toBe(true);
  expect(isMuted(next, planned, untilSec - 1)).toBe(true);
  expect(isMuted(next, planned, untilSec)).toBe(false);
  expect(isMuted({ ...next, detector: 'usage-spike' }, planned)).toBe(false);
  expect(isMuted({ ...next, customer: 'cus_other' }, planned)).toBe(false);
});

it('keeps one thing alone quiet while it is snoozed: an object, or a cause', () => {
  expect(isMuted(draftSpike, answerTo(draftSpike, 'snoozed'))).toBe(true);
  expect(isMuted(next, answerTo(draftSpike, 'snoozed'))).toBe(false);
  const caused = { ...draftSpike, cause: 'meter:price_1' };
  expect(isMuted({ ...next, cause: 'meter:price_1' }, answerTo(caused, 'snoozed'))).toBe(true);
  expect(isMuted({ ...next, cause: 'meter:price_2' }, answerTo(caused, 'snoozed'))).toBe(false);
});

it('never keeps quiet what is proven of another object', () => {
  const other: Finding = { ...brokenSum, object: 'in_next', cause: 'price:price_1' };
  for (const kind of ['planned', 'snoozed'] as const) {
    const answer = answerTo({ ...brokenSum, cause: 'price:price_1' }, kind);
    expect(isMuted(brokenSum, { ...answer, condition: conditionOf(brokenSum) })).toBe(true);
    expect(isMuted(other, answer)).toBe(false);
  }
});

it('keeps nothing quiet by other answers, or by one that was taken back', () => {
  for (const kind of ['expected', 'error', 'none'] as const)
    expect(isMuted(draftSpike, answerTo(draftSpike, kind))).toBe(false);
});

it('knows the whole account, which is no customer', () => {
  expect(isMuted(cardTesting, answerTo(cardTesting, 'snoozed'))).toBe(true);
});

it('takes the longest of several wishes', () => {
  const answers = [1, 3, 2].map((days) =>
    answerTo(draftSpike, 'planned', { untilSec: nowSec + days * 86_400 }),
  );
  expect(mutedUntilSec(next, answers, nowSec)).toBe(nowSec + 3 * 86_400);
});
