import { type AccountPast, countAt, countIn, weekHours } from '../../domain/account/account-past.ts';
import { hourOf } from '../../domain/account/hour-counts.ts';
import { minOverdue } from '../../domain/account/overdue-in-silence.ts';
import { type Stretch, silentStretchesSince } from '../../domain/account/silent-stretches.ts';
import { hourSec } from '../../domain/time.ts';
import {
  comparedWeeks,
  countOver,
  expectedPayers,
  levelAt,
  payersIn,
  silences,
} from '../baseline/same-hours.ts';
import { type AccountJudgement, defineAccountDetector } from '../define-account.ts';
import { type AccountExamples, examplePast } from '../examples/example-past.ts';
import { accountJudgement } from '../finding/account-judgement.ts';
import { expectedIn } from './quiet-days.ts';

const knobs = {
  leastCustomers: 11, //  that usually pay in such hours: by chance none of so many comes once in ten years at most
  timesLongest: 2, //     of the emptiest silence of five weeks: an account has lulls of its own
  timesInterrupted: 1.5, // of the emptiest silence that ended during business hours: such are rare
  edgeCustomers: 4, //    usual in the last two hours of a silence that ended during business hours
  closedHours: 6, //      an account that is silent for so long at night may be closed for a day, too ...
  closedDays: 1.5, //     ... and open late after it: so many of its busiest days are forgiven
  longestHours: 96, //    a long weekend; whoever is silent for longer without missing much is billed too seldom to say
  rememberedHours: 24, // for how long a silence that is over is still reported
};

export const webhookSilence = defineAccountDetector({
  id: 'webhook-silence',
  question: 'Have Stripe’s webhooks stopped coming, or did they for a while?',
  readers: 'platform',
  certainty: 'unusual',
  nextSteps: [
    'Look under Developers, Webhooks in Stripe: is the endpoint enabled, and were deliveries refused?',
    'Send again from there what failed; what was billed meanwhile has not been checked.',
    'If the company was closed, nothing is wrong.',
  ],
  blindSpots: [
    'Accounts in which little happens: silence is found from renewals that were due, or not at all.',
    'The first five weeks of an account, and the days 29 to 31 until it has had one of them.',
    'Days of the month on which almost nothing ever comes: there it is found from renewals that were due, or not at all.',
    'Some types of events that are missing among others that come: see the certificate of reconcile.',
    'A day on which the company is closed looks the same until business begins again.',
  ],
  overAfterHours: 12,
  hourly: true,
  judge: (past) => {
    const until = hourOf(past.nowSec);
    return judgeOngoing(past, until) ?? judgeInterruption(past, until) ?? judgeRenewals(past, until);
  },
});

/** Nothing comes, for longer than a closed day explains. */
function judgeOngoing(past: AccountPast, until: number): AccountJudgement | undefined {
  if (countIn(past, 'active', until - 1, until + 1) > 0) return;
  const silence = silenceUntil(past, until);
  if (silence.to - silence.from > knobs.longestHours) return;
  const missing = missingIn(past, silence);
  if (missing < knobs.leastCustomers) return;
  const before = earlierSilences(past, silence);
  const longest = Math.max(0, ...before.map((other) => expectedPayers(past, other)));
  const mayBeClosed = before.some(({ from, to }) => to - from >= knobs.closedHours);
  const boundary = Math.max(
    knobs.leastCustomers - 1,
    knobs.timesLongest * longest,
    mayBeClosed ? Math.ceil(knobs.closedDays * busiestDay(past, silence.from)) : 0,
  );
  return missing <= boundary
    ? undefined
    : judgement(silence, true, missingPayers(silence, missing, boundary));
}

/** The end of a longer one: only that it is longer than `longestHours` is of interest. */
function silenceUntil(past: AccountPast, to: number): Stretch {
  let from = to - 1;
  while (to - from <= knobs.longestHours && countAt(past, 'active', from - 1) === 0) from -= 1;
  return { from, to };
}

/** Nothing came for some hours, and then it resumed during business hours: no shop opens then. */
function judgeInterruption(past: AccountPast, until: number): AccountJudgement | undefined {
  const isOverFor = (silence: Stretch) => until - silence.to;
  const isSilent = (hour: number) => countAt(past, 'active', hour) === 0;
  const hours = { from: until - 4 * 24, to: until };
  const recent = silentStretchesSince(isSilent, until - knobs.rememberedHours, hours).filter(
    (silence) => isOverFor(silence) >= 2 && isOverFor(silence) <= knobs.rememberedHours,
  );
  for (const silence of recent) {
    const missing = missingIn(past, silence);
    if (missing < knobs.leastCustomers || !brokeOffAmidBusiness(past, silence)) continue;
    const before = earlierSilences(past, silence).filter((other) => brokeOffAmidBusiness(past, other));
    const longest = Math.max(0, ...before.map((other) => expectedPayers(past, other)));
    const boundary = Math.max(knobs.leastCustomers - 1, Math.floor(knobs.timesInterrupted * longest));
    if (missing > boundary) return judgement(silence, false, missingPayers(silence, missing, boundary));
  }
  return undefined;
}

/** Renewals are appointments: none of several came, and nothing else did. */
function judgeRenewals(past: AccountPast, until: number): AccountJudgement | undefined {
  const [overdue] = past.overdueInSilence;
  if (overdue === undefined) return;
  const { fromHour, customers } = overdue;
  const [silence] = silences(past, { from: fromHour, to: until });
  if (silence === undefined) return;
  const isOngoing = silence.to === until && countIn(past, 'active', until, until + 1) === 0;
  return judgement(silence, isOngoing, {
    clause: `the renewals of ${customers} customers were due meanwhile, and none has come`,
    what: 'customers whose renewal was due and has not come',
    rule: `At least ${minOverdue} customers' renewals were due in hours in which nothing came, none has come since, and those due just before did.`,
    actual: customers,
    expected: { low: 0, high: minOverdue - 1 },
    typical: 0,
    boundary: minOverdue - 1,
  });
}

/** Customers who usually pay in these hours but on quiet days of the month, as busy as the account is of late. */
function missingIn(past: AccountPast, silence: Stretch): number {
  const most = expectedPayers(past, silence);
  if (most < knobs.leastCustomers) return most;
  const usual = expectedIn(past, silence);
  return usual < knobs.leastCustomers ? usual : Math.floor(usual * levelAt(past, payersIn, silence.from));
}

function brokeOffAmidBusiness(past: AccountPast, { from, to }: Stretch): boolean {
  const lastHours = { from: Math.max(from, to - 2), to };
  const next = { from: to, to: to + 2 };
  const cameBack = countOver(past, payersIn, [next]);
  return expectedPayers(past, lastHours) >= knobs.edgeCustomers && cameBack >= expectedPayers(past, next) / 2;
}

/** Silences of the five weeks before, so that monthly ones are among them; quiet days say nothing about others. */
function earlierSilences(past: AccountPast, { from }: Stretch): readonly Stretch[] {
  const start = Math.max(from - comparedWeeks * weekHours, past.firstHour + comparedWeeks * weekHours);
  const isOfQuietDays = (other: Stretch) => expectedIn(past, other) < expectedPayers(past, other);
  return silences(past, { from: start, to: from }).filter((other) => !isOfQuietDays(other));
}

/** At least so many customers pay on the busiest day of the week. */
function busiestDay(past: AccountPast, until: number): number {
  const days = [1, 2, 3, 4, 5, 6, 7].map((ago) => ({ from: until - ago * 24, to: until - (ago - 1) * 24 }));
  return Math.max(...days.map((day) => expectedPayers(past, day)));
}

type Missing = Pick<
  Parameters<typeof accountJudgement>[0],
  'what' | 'rule' | 'actual' | 'expected' | 'typical' | 'boundary'
> & { readonly clause: string };

/** No customer had an event, in hours in which so many usually pay. A single one would have ended the silence. */
function missingPayers(silence: Stretch, missing: number, boundary: number): Missing {
  return {
    clause: `in such hours at least ${missing} customers usually pay`,
    what: `customers heard of in ${hoursWords(silence)}`,
    rule: `A silence is flagged when more than ${boundary} customers pay in the second quietest of the same hours of five weeks, as busy as the last of them was: at least ${knobs.leastCustomers}, and more than the account's own silences and closed days explain. On days of the month that were quiet in the months before, no more is expected than then.`,
    actual: 0,
    expected: { low: missing, high: missing },
    typical: missing,
    boundary: null,
  };
}

function hoursWords({ from, to }: Stretch): string {
  return to - from === 1 ? 'an hour' : `${to - from} hours`;
}

function judgement(silence: Stretch, isOngoing: boolean, { clause, ...missing }: Missing) {
  const hours = hoursWords(silence);
  const time = isOngoing ? `for ${hours}` : `for ${hours}, and then it continued`;
  return accountJudgement({
    ...missing,
    sinceSec: silence.from * hourSec,
    page: 'webhooks',
    severity: isOngoing ? 'critical' : 'high',
    severityReason: isOngoing
      ? 'Nothing of what Stripe bills is being watched.'
      : 'What Stripe billed meanwhile was not checked.',
    summary: `Nothing came from Stripe ${time}; ${clause}.`,
    unit: 'customers',
    money: [],
    points: [],
  });
}

const silentHours = { active: 0, charge: 0 };

export const examples: AccountExamples = () => {
  const silent = (isSilent: (hoursAgo: number) => boolean, changes = {}) =>
    examplePast((hoursAgo) => (isSilent(hoursAgo) ? silentHours : {}), changes);
  const renewals = (customers: number) =>
    silent((hoursAgo) => hoursAgo >= 6 && hoursAgo < 8, {
      overdueInSilence: [{ fromHour: hourOf(examplePast(() => ({})).nowSec) - 7, customers }],
    });
  return {
    fires: [
      {
        name: 'nothing for five hours, in which twenty customers usually pay',
        past: silent((ago) => ago < 6),
      },
      { name: 'the same, when business continued after it', past: silent((ago) => ago >= 4 && ago < 9) },
      { name: 'two hours in which three renewals were due, and none has come', past: renewals(3) },
    ],
    quiet: [
      { name: 'two hours, in which eight customers usually pay', past: silent((ago) => ago >= 6 && ago < 8) },
      { name: 'an account that is closed at night', past: silent((ago) => ago % 24 < 12) },
      {
        name: 'as long a silence as there was two weeks ago',
        past: silent((ago) => ago < 6 || (ago >= 300 && ago < 306)),
      },
    ],
  };
};
