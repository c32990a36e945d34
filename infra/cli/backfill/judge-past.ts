import { type AccountFact, factsOf, pricesTaken } from '../../../lib/domain/account/account-facts-of.ts';
import { countHour, type HourCounts, hourOf } from '../../../lib/domain/account/hour-counts.ts';
import { keptHours } from '../../../lib/domain/account/hourly-counts.ts';
import { learnAdopters, type PriceAdopters } from '../../../lib/domain/account/price-adoption.ts';
import { type ScoreSample, sampleScores } from '../../../lib/domain/account/score-sample.ts';
import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { learn } from '../../../lib/domain/record/learn.ts';
import { type RenewalDue, renewalsDue } from '../../../lib/domain/record/renewals-due.ts';
import { type MemoryRecords, memoryRecords } from '../memory-records.ts';
import { eventJudge, type Judges } from '../replay/replay-events.ts';

/** What a past comes to. */
export interface Past {
  readonly events: number;
  /** In order of time, each once. */
  readonly findings: readonly Finding[];
  readonly records: MemoryRecords;
  /** The counts of the last hours (`hourOf`) that an account's state keeps. */
  readonly hours: ReadonlyMap<number, HourCounts>;
  /** What the account's calibration is made of. */
  readonly scores: ScoreSample;
  /** Prices in all events, also in those that are not judged: a customer keeps paying a price. */
  readonly prices: PriceAdopters;
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
  const counted = hourCounter(nowSec);
  const dues: RenewalDue[] = [];
  const taken = new Map<string, readonly AccountFact[]>(); // by the newest event: an earlier one has today's prices too
  let count = 0;
  for await (const event of events) {
    count += 1;
    if ('subscription' in event && event.kind !== 'subscription_deleted')
      taken.set(event.subscription.id, pricesTaken(event));
    dues.push(...renewalsDue(event).filter(({ dueSec }) => dueSec > nowSec));
    if (event.occurredAtSec < sinceSec) {
      records.set(event, learn(event, records.of(event)).record);
      continue;
    }
    const judged = await judge(event);
    counted.see(event, judged.scores);
    for (const finding of judged.findings) if (!findings.has(finding.id)) findings.set(finding.id, finding);
  }
  const prices = learnAdopters(new Map(), [...taken.values()].flat());
  return { events: count, findings: [...findings.values()], records, ...counted.end(), prices, dues };
}

/** Counts each hour when it is over, and samples its scores: what comes is in order of time. */
function hourCounter(nowSec: number) {
  const afterHour = hourOf(nowSec) - keptHours;
  const hours = new Map<number, HourCounts>();
  let scores: ScoreSample = new Map();
  let facts: AccountFact[] = [];
  let hour = 0;
  const end = (): Pick<Past, 'hours' | 'scores'> => {
    if (hour > afterHour) {
      hours.set(hour, countHour(facts));
      scores = sampleScores(scores, facts, nowSec);
    }
    return { hours, scores };
  };
  return {
    end,
    see(event: BillingEvent, some: readonly AccountFact[]): void {
      if (hourOf(event.occurredAtSec) !== hour) {
        end();
        hour = hourOf(event.occurredAtSec);
        facts = [];
      }
      facts.push(...factsOf(event), ...some);
    },
  };
}
