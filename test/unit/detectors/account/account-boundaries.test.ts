import type { AccountJudgement } from '../../../../lib/detectors/define-account.ts';
import { examplePast } from '../../../../lib/detectors/examples/example-past.ts';
import { webhookSilence } from '../../../../lib/detectors/health/webhook-silence.ts';
import { accountDetectors } from '../../../../lib/detectors/registry.ts';
import type { AccountFact } from '../../../../lib/domain/account/account-facts-of.ts';
import { freshHours } from '../../../../lib/domain/account/account-past.ts';
import { countHour, hourOf } from '../../../../lib/domain/account/hour-counts.ts';
import { noHours, withRecountedHours } from '../../../../lib/domain/account/hourly-counts.ts';
import { minOverdue } from '../../../../lib/domain/account/overdue-in-silence.ts';
import { day, daySec, happened, hourSec, startSec } from '../../../fixtures/lives/account-life.ts';

/** Twelve weeks of a shop that is open from 8 to 20, and today until the evening. */
const days = Array.from({ length: 84 }, (_, index) =>
  day(startSec + index * daySec, (hour) => (hour >= 8 && hour < 20 ? 6 : 0)),
).flat();
const todaySec = startSec + 84 * daySec;
const noonSec = todaySec + 12 * hourSec;

function judged(id: string, facts: readonly AccountFact[], nowSec: number): AccountJudgement | undefined {
  const seen = facts.filter(({ atSec }) => atSec <= nowSec);
  const byHour = Map.groupBy(seen, ({ atSec }) => hourOf(atSec));
  return accountDetectors
    .find((detector) => detector.id === id)
    ?.judge({
      nowSec,
      listeningSinceSec: startSec,
      hours: withRecountedHours(
        noHours,
        new Map([...byHour].map(([hour, ofHour]) => [hour, countHour(ofHour)])),
        hourOf(nowSec),
      ),
      firstHour: hourOf(startSec),
      episodes: new Map(),
      overdueInSilence: [],
      fresh: seen.filter(({ atSec }) => hourOf(atSec) > hourOf(nowSec) - freshHours),
    });
}

const tenMinutes = (count: number) => Array.from({ length: count }, (_, index) => noonSec + index * 50);

it.each([
  ['failure-rate', tenMinutes(30).map((atSec) => happened('failed', atSec))],
  ['account-refunds', tenMinutes(30).map((atSec) => happened('refund', atSec))],
  ['dispute-rate', tenMinutes(30).map((atSec) => happened('dispute', atSec))],
  ['churn-spike', tenMinutes(30).map((atSec) => happened('churn', atSec))],
  ['webhook-lag', tenMinutes(30).map((atSec) => happened('active', atSec, { value: 300 }))],
])('%s is silent at its boundary, and fires at one more', (id, ones) => {
  const findings = ones.map((_, index) =>
    judged(id, [...days, ...ones.slice(0, index).flat()], noonSec + 1_800),
  );
  const first = findings.findIndex((found) => found !== undefined);
  expect(first).toBeGreaterThan(0);
  expect(findings[first]?.actual).toBe((findings[first]?.boundary ?? 0) + 1);
});

it('revenue-drop is silent at its boundary, and fires at one payment less', () => {
  const lateSec = todaySec - 1;
  const isOfThreeDays = ({ counter, atSec }: AccountFact) =>
    counter === 'charge' && atSec >= todaySec - 3 * daySec;
  const payments = days.filter(isOfThreeDays);
  const missing = payments.toSorted((a, b) => (a.hash % 7) - (b.hash % 7)); // of every hour alike
  const findings = payments.map((_, index) => {
    const left = new Set(missing.slice(index));
    return judged(
      'revenue-drop',
      days.filter((one) => !isOfThreeDays(one) || left.has(one)),
      lateSec + 1,
    );
  });
  const first = findings.find((found) => found !== undefined);
  expect(first?.actual).toBe((first?.boundary ?? 0) - 1);
});

describe('webhook-silence', () => {
  it('is silent at the number that its rule names, and fires at one customer more', () => {
    const silentHour = (usual: number) =>
      webhookSilence.judge(
        examplePast((hoursAgo) => {
          const count = hoursAgo < 2 ? 0 : usual;
          return { active: count, charge: count };
        }),
      );
    const first = Array.from({ length: 30 }, (_, usual) => silentHour(usual)).find(Boolean);
    expect(first?.rule).toContain(`more than ${(first?.typical ?? 0) - 1} customers`);
  });

  it('does so when it goes by renewals', () => {
    const overdue = (customers: number) => {
      const { nowSec } = examplePast(() => ({}));
      const overdueInSilence = customers === 0 ? [] : [{ fromHour: hourOf(nowSec) - 7, customers }];
      const isSilent = (hoursAgo: number) => hoursAgo === 6 || hoursAgo === 7;
      return webhookSilence.judge(
        examplePast((hoursAgo) => (isSilent(hoursAgo) ? { active: 0, charge: 0 } : {}), { overdueInSilence }),
      );
    };
    const found = overdue(minOverdue);
    expect(found?.actual).toBe((found?.boundary ?? 0) + 1);
  });
});
