import { scoresOf } from '../detectors/baseline/scores-of.ts';
import { type Context, plainContext } from '../detectors/context.ts';
import type { Detector } from '../detectors/define.ts';
import type { AccountFact } from '../domain/account/account-facts-of.ts';
import type { AccountKey, BillingEvent } from '../domain/events/billing-event.ts';
import type { Finding } from '../domain/finding/finding.ts';
import { asFinal } from '../domain/record/as-final.ts';
import { type CustomerRecord, emptyRecord } from '../domain/record/customer-record.ts';
import { learn } from '../domain/record/learn.ts';
import type { Outcome } from '../domain/record/series.ts';
import type { RecentEvents } from '../store/record/recent-events.ts';
import { RecordConflictError, type RecordKey, type RecordStore } from '../store/record/record-store.ts';
import { askDetectors } from './ask-detectors.ts';
import { inhibit } from './inhibit.ts';
import { isJudgedAgain, isOvertaken, judgeAgain } from './judge-again.ts';
import type { AccountScores } from './report-to-sweep.ts';

export interface Pipeline {
  readonly detectors: readonly Detector[];
  readonly store: RecordStore & RecentEvents;
  /** The calibration of an account and the settings of its operator. */
  readonly contextOf: (key: AccountKey) => Promise<Context>;
  /** Resolves once the findings are stored durably. */
  readonly sendFindings: (findings: readonly Finding[]) => Promise<void>;
}

const attempts = 3; // a conflict means that another worker writes this customer too, for a moment

/**
 * Judges an event, then learns it, so that a value is never compared with a baseline that holds it. An event that is
 * not news to the record (a repeat, or too late to be distinguished from one) is judged without a history. What it
 * proves by itself is still found, and its id drops it if it was found before. A fetched event is no repeat, although a
 * later event of its object may have arrived before it. An invoice that is paid before its final event arrives is
 * judged as final, too.
 *
 * `scores` is what the account's calibration learns from an object that is new to the record. A retry from the same
 * record gives equal scores.
 */
export function judgeAndLearn(
  event: BillingEvent,
  record: CustomerRecord,
  detectors: readonly Detector[],
  context: Context = plainContext,
): {
  record: CustomerRecord;
  outcome: Outcome;
  findings: readonly Finding[];
  scores: readonly AccountFact[];
} {
  const after = learn(event, record);
  const isNews = after.outcome === 'new' || after.outcome === 'updated';
  const known = isNews || event.isFetched ? record : emptyRecord;
  const final = isNews ? asFinal(event, record) : undefined;
  const findings = askDetectors(event, final, known, detectors, context);
  context.trace?.found((final ?? event).kind, findings);
  const scores = after.outcome === 'new' ? scoresOf(final ?? event, record) : [];
  return { ...after, findings: inhibit(findings, detectors), scores };
}

/**
 * Processes one customer's events in order: one read, judge and learn each, send the findings, one write for each
 * touched part. Findings are sent before the record is written. After a crash between the two, the next try finds and
 * sends them again under the same ids, and the alert Lambda drops the repeats. Nothing is lost, nothing is doubled.
 * @returns what the account's calibration learns from them, for `reportToSweep`
 */
export async function processCustomer(
  events: readonly BillingEvent[],
  pipeline: Pipeline,
): Promise<readonly AccountScores[]> {
  const [first] = events;
  if (first === undefined) return [];
  const { account, livemode, customer } = first;
  const context = await pipeline.contextOf({ account, livemode });
  if (customer === null) {
    const findings = events.flatMap(
      (event) => judgeAndLearn(event, emptyRecord, pipeline.detectors, context).findings,
    ); // no record: only what the event proves by itself
    if (findings.length > 0) await pipeline.sendFindings(findings);
    return [];
  }
  const key = { account, livemode, customer };
  // Before the record is written: what the record knows can be judged again.
  await pipeline.store.keepEvents(key, events.filter(isJudgedAgain));
  for (let attempt = 1; ; attempt += 1) {
    const loaded = await pipeline.store.load(key);
    const { record, scores } = await judgeAll(key, events, loaded.record, context, pipeline);
    try {
      await pipeline.store.save(key, loaded, record);
      return scores.length === 0 ? [] : [{ account, livemode, scores }];
    } catch (error) {
      if (!(error instanceof RecordConflictError) || attempt === attempts) throw error;
    }
  }
}

async function judgeAll(
  key: RecordKey,
  events: readonly BillingEvent[],
  before: CustomerRecord,
  context: Context,
  { detectors, store, sendFindings }: Pipeline,
): Promise<{ readonly record: CustomerRecord; readonly scores: readonly AccountFact[] }> {
  const findings: Finding[] = [];
  const scores: AccountFact[] = [];
  let record = before;
  for (const event of events) {
    const step = judgeAndLearn(event, record, detectors, context);
    findings.push(...step.findings);
    if (isOvertaken(event, record, step.outcome)) {
      const recent = await store.eventsSince(key, event.occurredAtSec);
      findings.push(...judgeAgain(event, recent, step.record, detectors, context));
    }
    record = step.record;
    scores.push(...step.scores);
  }
  if (findings.length > 0) await sendFindings(findings);
  return { record, scores };
}
