import { calibrate } from '../../../lib/detectors/baseline/calibrate.ts';
import { hourOf } from '../../../lib/domain/account/hour-counts.ts';
import { withRecountedHours } from '../../../lib/domain/account/hourly-counts.ts';
import { joinAdopters } from '../../../lib/domain/account/price-adoption.ts';
import { joinSamples } from '../../../lib/domain/account/score-sample.ts';
import type { AccountKey } from '../../../lib/domain/events/billing-event.ts';
import { joinRecords } from '../../../lib/domain/record/join-records.ts';
import { type AccountStore, StateConflictError } from '../../../lib/store/account/account-store.ts';
import { RecordConflictError, type RecordStore } from '../../../lib/store/record/record-store.ts';
import type { RenewalCalendar } from '../../../lib/store/renewal/renewal-calendar.ts';
import type { Past } from './judge-past.ts';

export interface Stores {
  readonly records: RecordStore;
  readonly accounts: Pick<AccountStore, 'loadState' | 'saveState'>;
  readonly calendar: Pick<RenewalCalendar, 'note'>;
}

const atOnce = 16;
const tries = 5; // someone else writes the same record now and then: its customer is busy

/**
 * Adds a past to what is there: records as sets of observations, so that a second time changes nothing; the counts of
 * the hours before we were listening; what the account's payments say of how to judge one, so that calibration begins
 * warm; and when to look for the renewals to come. Nothing is sent.
 * @param onRecord is called after each record
 */
export async function writePast(
  key: AccountKey,
  past: Past,
  stores: Stores,
  nowSec: number,
  onRecord: () => void,
): Promise<void> {
  const left = past.records.all()[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = left.next(); next.done !== true; next = left.next()) {
      const { key: customer, record } = next.value;
      await again(RecordConflictError, async () => {
        const loaded = await stores.records.load(customer);
        await stores.records.save(customer, loaded, joinRecords(loaded.record, record));
      });
      onRecord();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  await stores.calendar.note(key, past.dues);
  await again(StateConflictError, async () => {
    const loaded = await stores.accounts.loadState(key);
    const { state } = loaded;
    const listening = hourOf(state.listeningSinceSec === 0 ? nowSec : state.listeningSinceSec);
    const before = new Map([...past.hours].filter(([hour]) => hour < listening));
    const hours = withRecountedHours(state.hours, before, hourOf(nowSec));
    const scores = joinSamples(state.scores, past.scores, nowSec);
    const prices = joinAdopters(state.prices, past.prices);
    const learned = { scores, prices, calibration: calibrate(scores, nowSec, prices) };
    await stores.accounts.saveState(key, loaded, { ...state, hours, ...learned });
  });
}

async function again(conflict: new () => Error, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof conflict) || attempt === tries) throw error;
    }
  }
}
