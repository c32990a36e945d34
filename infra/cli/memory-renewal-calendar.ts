import { hourOf } from '../../lib/domain/account/hour-counts.ts';
import type { AccountKey } from '../../lib/domain/events/billing-event.ts';
import type { RenewalDue } from '../../lib/domain/record/renewals-due.ts';
import type { RenewalCalendar } from '../../lib/store/renewal/renewal-calendar.ts';

/** For replays. `forgetBefore` keeps it as small as what is still to be looked at. */
export interface MemoryRenewalCalendar extends RenewalCalendar {
  forgetBefore(hour: number): void;
  /** As `note`, at once. */
  add(key: AccountKey, dues: readonly RenewalDue[]): void;
}

export function memoryRenewalCalendar(): MemoryRenewalCalendar {
  const noted = new Map<number, Map<string, Map<string, RenewalDue>>>(); // by hour, then by account
  const accountOf = ({ account, livemode }: AccountKey) => `${account} ${livemode}`;
  function add(key: AccountKey, dues: readonly RenewalDue[]): void {
    for (const due of dues) {
      const hour = hourOf(due.dueSec);
      const inHour = noted.get(hour) ?? new Map<string, Map<string, RenewalDue>>();
      const ofAccount = inHour.get(accountOf(key)) ?? new Map<string, RenewalDue>();
      ofAccount.set(`${due.customer} ${due.subscription} ${due.dueSec}`, due);
      noted.set(hour, inHour.set(accountOf(key), ofAccount));
    }
  }
  return {
    add,
    note: async (key, dues) => add(key, dues),
    async dueBetween(key, fromHour, toHour) {
      const account = accountOf(key);
      const dues: RenewalDue[] = [];
      for (let hour = fromHour; hour <= toHour; hour += 1)
        dues.push(...(noted.get(hour)?.get(account)?.values() ?? []));
      return dues.sort((a, b) => a.dueSec - b.dueSec);
    },
    forgetBefore(before) {
      for (const hour of noted.keys()) if (hour < before) noted.delete(hour);
    },
  };
}
