import { hourOf } from '../../lib/domain/hour-counts.ts';
import type { RenewalDue } from '../../lib/domain/renewals-due.ts';
import type { RenewalCalendar } from '../../lib/store/renewal-calendar.ts';

/** For replays. `forgetBefore` keeps it as small as what is still to be looked at. */
export interface MemoryRenewalCalendar extends RenewalCalendar {
  forgetBefore(hour: number): void;
}

export function memoryRenewalCalendar(): MemoryRenewalCalendar {
  const noted = new Map<number, Map<string, RenewalDue>>();
  const accountOf = ({ account, livemode }: { account: string; livemode: boolean }) =>
    `${account} ${livemode}`;
  return {
    async note(key, dues) {
      for (const due of dues) {
        const hour = hourOf(due.dueSec);
        const inHour = noted.get(hour) ?? new Map<string, RenewalDue>();
        inHour.set([accountOf(key), due.customer, due.subscription, due.dueSec].join(' '), due);
        noted.set(hour, inHour);
      }
    },
    async dueBetween(key, fromHour, toHour) {
      const hours = Array.from({ length: toHour - fromHour + 1 }, (_, index) => fromHour + index);
      const dues = hours.flatMap((hour) => [...(noted.get(hour) ?? [])]);
      return dues
        .filter(([name]) => name.startsWith(`${accountOf(key)} `))
        .map(([, due]) => due)
        .sort((a, b) => a.dueSec - b.dueSec);
    },
    forgetBefore(before) {
      for (const hour of noted.keys()) if (hour < before) noted.delete(hour);
    },
  };
}
