import type { BillingEvent } from '../../../lib/domain/billing-event.ts';
import type { Finding } from '../../../lib/domain/finding.ts';
import { countHour, type HourCounts, hourOf } from '../../../lib/domain/hour-counts.ts';
import { keptHours } from '../../../lib/domain/hourly-counts.ts';
import { learn } from '../../../lib/domain/learn.ts';
import { type RenewalDue, renewalsDue } from '../../../lib/domain/renewals-due.ts';
import { type Sighting, sightingsOf } from '../../../lib/domain/sightings-of.ts';
import { type MemoryRecords, memoryRecords } from '../memory-records.ts';
import { eventJudge, type Judges } from '../replay-events.ts';

/** What a past comes to. */
export interface Past {
  readonly events: number;
  /** In order of time, each once. */
  readonly findings: readonly Finding[];
  readonly records: MemoryRecords;
  /** By `hourOf`, the last that an account's state keeps. */
  readonly hours: ReadonlyMap<number, HourCounts>;
  /** Renewals to come. */
  readonly dues: readonly RenewalDue[];
}

/**
 * Past events through the same `judge`, `learn` and `sweep` as in production, in order of time.
 * @param sinceSec what is older is learnt and not judged: of that time too little is known
 */
export async function judgePast(
  events: AsyncIterable<BillingEvent>,
  { judges, sinceSec, nowSec }: { judges: Judges; sinceSec: number; nowSec: number },
): Promise<Past> {
  const records = memoryRecords();
  const judge = eventJudge(judges, { judged: 0, repeats: 0, late: 0 }, records);
  const findings = new Map<string, Finding>();
  const counted = hourCounter(hourOf(nowSec) - keptHours);
  const dues: RenewalDue[] = [];
  let count = 0;
  for await (const event of events) {
    count += 1;
    dues.push(...renewalsDue(event).filter(({ dueSec }) => dueSec > nowSec));
    if (event.occurredAtSec < sinceSec) {
      records.set(event, learn(event, records.of(event)).record);
      continue;
    }
    counted.see(event);
    for (const finding of await judge(event))
      if (!findings.has(finding.id)) findings.set(finding.id, finding);
  }
  return { events: count, findings: [...findings.values()], records, hours: counted.end(), dues };
}

/** Counts each hour when it is over: what comes is in order of time. */
function hourCounter(afterHour: number) {
  const hours = new Map<number, HourCounts>();
  let sightings: Sighting[] = [];
  let hour = 0;
  const end = (): ReadonlyMap<number, HourCounts> => {
    if (hour > afterHour) hours.set(hour, countHour(sightings));
    return hours;
  };
  return {
    end,
    see(event: BillingEvent): void {
      if (hourOf(event.occurredAtSec) !== hour) {
        end();
        hour = hourOf(event.occurredAtSec);
        sightings = [];
      }
      sightings.push(...sightingsOf(event));
    },
  };
}
