import type { Alert, Outcome } from '../domain/finding/alert.ts';
import { type Answer, conditionOf, type Wish } from '../domain/finding/answer.ts';
import type { Finding } from '../domain/finding/finding.ts';
import { judgeObservations } from '../domain/record/judge-observations.ts';
import type { Verdict } from '../domain/record/series.ts';
import type { AlertKey, AlertStore } from '../store/alert/alert-store.ts';
import type { AnswerStore } from '../store/alert/answer-store.ts';
import { RecordConflictError, type RecordStore } from '../store/record/record-store.ts';

export interface FeedbackStores {
  readonly alerts: Pick<AlertStore, 'load' | 'recordOutcome'>;
  readonly answers: AnswerStore;
  readonly records: RecordStore;
}

/** An alert and what was last said of it. */
export interface Standing {
  readonly alert: Alert;
  readonly answer: Answer | undefined;
}

const attempts = 5; // a conflict means that the detector writes the customer's record, too; it ends soon

/** Undefined when the alert is not known, or forgotten. Reads only. */
export async function standingOf(
  key: AlertKey,
  { alerts, answers }: FeedbackStores,
): Promise<Standing | undefined> {
  const alert = await alerts.load(key);
  if (alert === undefined) return undefined;
  const given = await answers.about(alert.finding);
  return { alert, answer: given.find((answer) => answer.alert === key.id) };
}

/**
 * Does what a person said of an alert: the answer is kept, the observations that the alert is about are judged, and
 * the alert's outcome is recorded. What was said before is taken back by it.
 *
 * The same once more changes nothing; or it ends what a crash has left undone, as the answer is kept first and all
 * that follows from it can be done again.
 * @param seen how many answers the person knew of
 * @returns `outdated` when there was another answer meanwhile: then nothing is changed
 */
export async function giveAnswer(
  { alert, answer: before }: Standing,
  wish: Wish,
  seen: number,
  stores: FeedbackStores,
  nowSec: number,
): Promise<Standing | 'outdated'> {
  const { finding } = alert;
  const count = before?.count ?? 0;
  const isSaid = before?.kind === wish.kind && before.untilSec === wish.untilSec;
  const resolved = alert.outcome?.kind === 'resolved' ? alert.outcome : (before?.resolved ?? null);
  const answer = isSaid ? before : { ...answerTo(finding, wish), resolved, atSec: nowSec, count: count + 1 };
  const isHeard = isSaid || (seen === count && (await stores.answers.give(answer)));
  if (!isHeard) return 'outdated';
  const outcome = outcomeOf(answer);
  await judge(finding, verdictOf(answer), stores.records);
  await stores.alerts.recordOutcome(finding, outcome);
  return { alert: { ...alert, outcome }, answer };
}

function answerTo(finding: Finding, wish: Wish): Omit<Answer, 'resolved' | 'atSec' | 'count'> {
  const { account, livemode, customer, detector, id, object } = finding;
  const subject = { account, livemode, customer, detector };
  return { ...subject, ...wish, alert: id, object, condition: conditionOf(finding) };
}

function verdictOf({ kind }: Answer): Verdict {
  return kind === 'expected' || kind === 'error' ? kind : 'none';
}

function outcomeOf({ kind, untilSec, atSec, resolved }: Answer): Outcome | null {
  switch (kind) {
    case 'none':
      return resolved;
    case 'expected':
    case 'error':
      return { kind, atSec };
    default:
      return { kind, untilSec: untilSec ?? atSec, atSec };
  }
}

async function judge(finding: Finding, verdict: Verdict, records: RecordStore): Promise<void> {
  const { account, livemode, customer, observed, object } = finding;
  if (observed === undefined || customer === null) return;
  const key = { account, livemode, customer };
  for (let attempt = 1; ; attempt += 1) {
    const loaded = await records.load(key);
    const after = judgeObservations(loaded.record, observed.part, object, verdict);
    try {
      return await records.save(key, loaded, after);
    } catch (error) {
      if (!(error instanceof RecordConflictError) || attempt === attempts) throw error;
    }
  }
}
