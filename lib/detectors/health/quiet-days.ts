import { type AccountPast, weekHours } from '../../domain/account/account-past.ts';
import { type Stretch, silentStretches } from '../../domain/account/silent-stretches.ts';
import { sameHourOfMonth } from '../../domain/same-hour-of-month.ts';
import { median } from '../../stats/median.ts';
import { poissonAtMost } from '../../stats/poisson-at-most.ts';
import { countOver, expectedMinimum, payersIn, sameHours } from '../baseline/same-hours.ts';

const knobs = {
  share: 0.33, //   of what such days of the week usually have: less in each month that is remembered ...
  chance: 0.01, //  ... and so little that all of it happens by chance less often
  sigmas: 3, //     root-counts fewer than a quiet day had are chance, too
  leastWeeks: 3, // to know what is usual on such days of the week
};
const monthsRemembered = [1, 2]; // ten weeks hold two

/**
 * Customers who are to be expected in a silence, by the hours of the week and by the days of the month. What renews on
 * the days from 1 to 25 is quiet on the others, of which five weeks show one at most. So where the months before had
 * far fewer on these days than such days of the week usually have, no more are to be expected than the quietest of
 * them had, less what is chance. A closed weekend is no such day: it is quiet in every week.
 *
 * A silence may begin on the last busy day, and end on the next: of its days the longest run is left out that is quiet.
 */
export function expectedIn(past: AccountPast, silence: Stretch): number {
  const { from, to } = silence;
  const days = runsOfDays(silence).find((run) => areQuiet(past, run, from));
  if (days === undefined) return usualIn(past, [silence]);
  const quiet = { from: Math.max(from, days.from), to: Math.min(to, days.to) };
  const others = [
    { from, to: quiet.from },
    { from: quiet.to, to },
  ].filter((other) => other.from < other.to);
  const months = monthsRemembered
    .map((month) => sameHoursOf(past, quiet, month))
    .filter((stretches) => stretches.length > 0);
  const counts = months.map((stretches) => countOver(past, payersIn, stretches));
  const least = counts.length === 0 ? 0 : Math.min(...counts);
  return usualIn(past, others) + Math.max(0, Math.floor(least - knobs.sigmas * Math.sqrt(least)));
}

function usualIn(past: AccountPast, stretches: readonly Stretch[]): number {
  return expectedMinimum(sameHours(past, payersIn, stretches) ?? []);
}

/** Whether all remembered months had few on these days. Days that none of them had count as quiet. */
function areQuiet(past: AccountPast, days: Stretch, until: number): boolean {
  const months = monthsRemembered.flatMap((month) => {
    const stretches = sameHoursOf(past, days, month);
    const usual = usualAround(past, stretches, until);
    return usual === undefined ? [] : [{ count: countOver(past, payersIn, stretches), usual }];
  });
  const chance = months.reduce((product, { count, usual }) => product * poissonAtMost(count, usual), 1);
  const isFarLess = months.every(({ count, usual }) => count < knobs.share * usual);
  return months.length === 0 || (isFarLess && chance < knobs.chance);
}

/** The same hours of the month so many months before, as far as they are remembered and that month had them. */
function sameHoursOf(past: AccountPast, { from, to }: Stretch, month: number): readonly Stretch[] {
  const hours = Array.from({ length: to - from }, (_, index) => sameHourOfMonth(from + index, month));
  const known = new Set(hours.flatMap((hour) => (hour !== undefined && hour >= past.firstHour ? hour : [])));
  if (known.size === 0) return [];
  return silentStretches((hour) => known.has(hour), { from: Math.min(...known), to: Math.max(...known) + 1 });
}

/** What is usual in such hours of the week, in all weeks that are remembered. */
function usualAround(past: AccountPast, stretches: readonly Stretch[], until: number): number | undefined {
  const [first, last] = [stretches[0], stretches.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const weeks = Array.from({ length: 21 }, (_, index) => (index - 10) * weekHours).filter(
    (ago) => ago !== 0 && first.from - ago >= past.firstHour && last.to - ago <= until,
  );
  if (weeks.length < knobs.leastWeeks) return undefined;
  return median(weeks.map((ago) => countOver(past, payersIn, stretches, ago)));
}

/** Whole days, UTC as Stripe's, in a row: the longest runs first. */
function runsOfDays({ from, to }: Stretch): readonly Stretch[] {
  const first = Math.floor(from / 24);
  const cuts = Array.from({ length: Math.ceil(to / 24) - first + 1 }, (_, index) => (first + index) * 24);
  const runs = cuts.flatMap((start, index) => cuts.slice(index + 1).map((end) => ({ from: start, to: end })));
  return runs.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
}
