import fc from 'fast-check';
import type { Alert } from '../../../lib/domain/finding/alert.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { type MailingRules, planMails } from '../../../lib/notify/plan-mails.ts';
import { draftSpike, nowSec } from '../message/sample-findings.ts';

const rules: MailingRules = {
  recipientsOf: ({ livemode }) => (livemode ? ['finance@acme.example'] : ['ops@acme.example']),
  digestHours: [],
  timeZone: 'Europe/Berlin',
};
const withDigests = { ...rules, digestHours: [9] };
/** 9:00 of the next day in Berlin; `nowSec` is 15:00. */
const digestSec = nowSec + 18 * 3600;

let filed = 0;
function alert(changes: Partial<Finding> = {}, filedAtSec = nowSec): Alert {
  filed += 1;
  const finding = { ...draftSpike, id: `f${filed}`, ...changes };
  return { finding, filedAtSec, mailedAtSec: null, outcome: null };
}

const many = (count: number, changes: Partial<Finding> = {}) =>
  Array.from({ length: count }, () => alert(changes));
const kinds = (mails: ReturnType<typeof planMails>) => mails.map(({ kind, alerts }) => [kind, alerts.length]);
const calm = { severity: 'medium', money: { ...draftSpike.money, finalizesAtSec: null } } as const;

it('mails a finding without a known cause at once, by itself', () => {
  expect(kinds(planMails(many(3), [], rules, nowSec))).toEqual([
    ['alert', 1],
    ['alert', 1],
    ['alert', 1],
  ]);
});

it('makes one price edit over 200 customers among 20 unrelated findings 21 emails', () => {
  const edited = many(200, { cause: 'price:price_1' });
  const mails = planMails([...edited, ...many(20)], [], rules, nowSec + 20);
  expect(mails).toHaveLength(21);
  expect(mails.filter(({ kind }) => kind === 'group').map(({ alerts }) => alerts.length)).toEqual([200]);
});

it('waits for siblings of one cause, and reports an ongoing cause once an hour', () => {
  const first = alert({ cause: 'price:price_1' });
  expect(planMails([first], [], rules, nowSec + 9)).toEqual([]);
  expect(kinds(planMails([first], [], rules, nowSec + 20))).toEqual([['alert', 1]]);
  const mailed = [{ atSec: nowSec + 10, topic: 'price:price_1' }];
  const later = many(3, { cause: 'price:price_1' });
  expect(planMails(later, mailed, rules, nowSec + 3_600)).toEqual([]);
  expect(kinds(planMails(later, mailed, rules, nowSec + 3_610))).toEqual([['group', 3]]);
});

it('keeps what can wait for the digest, and mails at once what is proven, critical or about to be charged', () => {
  const waits = many(3, calm);
  const urgent = [
    alert({ ...calm, certainty: 'proven' }),
    alert({ ...calm, severity: 'critical' }),
    alert({ ...calm, money: { ...draftSpike.money, finalizesAtSec: digestSec } }),
  ];
  expect(kinds(planMails([...waits, ...urgent], [], withDigests, nowSec))).toEqual(
    Array.from({ length: 3 }, () => ['alert', 1]),
  );
  expect(planMails(waits, [], withDigests, digestSec - 1)).toEqual([]);
  expect(kinds(planMails(waits, [], withDigests, digestSec))).toEqual([['digest', 3]]);
});

it('never puts in one email what different people read', () => {
  const mixed = [...many(2, calm), ...many(2, { ...calm, livemode: false })];
  const mails = planMails(mixed, [], withDigests, digestSec);
  expect(mails.map(({ to, alerts }) => [to, alerts.length])).toEqual([
    [['finance@acme.example'], 2],
    [['ops@acme.example'], 2],
  ]);
});

it('makes a storm one email every ten minutes, after the thirty most severe', () => {
  const storm = [...many(500), ...many(3, { severity: 'critical' })];
  const mails = planMails(storm, [], rules, nowSec);
  expect(mails).toHaveLength(31);
  expect(mails.slice(0, 3).every(({ alerts }) => alerts[0]?.finding.severity === 'critical')).toBe(true);
  expect(kinds(mails).at(-1)).toEqual(['storm', 473]);
  const mailed = mails.map(({ topic }) => ({ atSec: nowSec, topic }));
  expect(planMails(many(5), mailed, rules, nowSec + 599)).toEqual([]);
  expect(kinds(planMails(many(5), mailed, rules, nowSec + 600))).toEqual([['storm', 5]]);
  expect(planMails(many(5), mailed, rules, nowSec + 3_600)).toHaveLength(5);
});

it('mails every alert exactly once in the end, whatever waits and however often it is asked', () => {
  const waiting = fc.array(
    fc.record({
      cause: fc.constantFrom(undefined, 'price:a', 'meter:b'),
      severity: fc.constantFrom('low', 'high', 'critical'),
      certainty: fc.constantFrom('proven', 'contradiction', 'unusual'),
      livemode: fc.boolean(),
      filedAfterSec: fc.integer({ min: 0, max: 86_400 }),
    }),
    { maxLength: 80 },
  );
  const law = fc.property(waiting, fc.constantFrom(rules, withDigests), (some, ofOperator) => {
    let left = some.map(({ cause, filedAfterSec, ...changes }) =>
      alert({ ...changes, ...(cause === undefined ? {} : { cause }) }, nowSec + filedAfterSec),
    );
    const mailed: { atSec: number; topic: string }[] = [];
    const mailedIds: string[] = [];
    for (let atSec = nowSec; atSec < nowSec + 3 * 86_400; atSec += 600) {
      const filedByNow = left.filter(({ filedAtSec }) => filedAtSec <= atSec);
      for (const mail of planMails(filedByNow, mailed, ofOperator, atSec)) {
        expect(new Set(mail.alerts.map(({ finding }) => finding.livemode)).size).toBe(1);
        mailedIds.push(...mail.alerts.map(({ finding }) => finding.id));
        mailed.push({ atSec, topic: mail.topic });
      }
      left = left.filter(({ finding }) => !mailedIds.includes(finding.id));
    }
    expect(left).toEqual([]);
    expect(new Set(mailedIds).size).toBe(some.length);
    expect(mailedIds).toHaveLength(some.length);
  });
  fc.assert(law, { numRuns: 30 });
});
