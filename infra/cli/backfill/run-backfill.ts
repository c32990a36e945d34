import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fields } from '../../../lib/stripe/event/fields.ts';
import type { StripeLedger } from '../../../lib/stripe/stripe-ledger.ts';
import type { Judges } from '../replay/replay-events.ts';
import { dayFiles } from './day-files.ts';
import { firstDayReport } from './first-day-report.ts';
import { judgePast } from './judge-past.ts';
import { type Days, pastEvents } from './past-events.ts';
import { type Stores, writePast } from './write-past.ts';

export interface Backfill {
  readonly ledger: StripeLedger;
  /** `self` for the key's own. */
  readonly account: string;
  /** Midnight, UTC. */
  readonly sinceSec: number;
  readonly nowSec: number;
  readonly judges: Judges;
  /** Undefined: nothing is written but the report. */
  readonly stores: Stores | undefined;
  /** For the days that were read, while it lasts, and the report. */
  readonly folder: string;
  readonly onProgress: (what: string, share: number) => void;
  /** Called with what can't be read; the rest continues. */
  readonly onUnreadable: (sentence: string) => void;
}

/** Reads a past from Stripe, judges it, writes what is learnt, and reports. @returns the report and where it lies */
export async function runBackfill(backfill: Backfill): Promise<{ report: string; file: string }> {
  const { ledger, account, sinceSec, nowSec, judges, stores, folder, onProgress } = backfill;
  const key = { account, livemode: ledger.livemode };
  const files = dayFiles(ledger, account, join(folder, 'days'));
  const days = withProgress(files.between(sinceSec, nowSec), ({ toSec }) => {
    onProgress('reading and judging', (toSec - sinceSec) / (nowSec - sinceSec));
  });
  onProgress('reading subscriptions', 0);
  const onUnreadable = ({ id }: Fields, reason: string): void => backfill.onUnreadable(`${id}: ${reason}`);
  const events = pastEvents(key, days, ledger.subscriptions(account), onUnreadable);
  const past = await judgePast(events, { judges, sinceSec, nowSec });

  const customers = [...past.records.all()].length;
  if (stores !== undefined) {
    let written = 0;
    await writePast(key, past, stores, nowSec, () => {
      written += 1;
      onProgress('writing records', written / customers);
    });
  }
  const from = new Date(sinceSec * 1000).toISOString().slice(0, 10);
  const report = firstDayReport(past, customers, from);
  const file = join(folder, 'first-day-report.txt');
  writeFileSync(file, report, { mode: 0o600 });
  files.remove();
  return { report, file };
}

type Day = Days extends AsyncIterable<infer One> ? One : never;

async function* withProgress(days: Days, onDay: (day: Day) => void): AsyncGenerator<Day> {
  for await (const day of days) {
    yield day;
    onDay(day);
  }
}
