import { isJudgedAgain, isOvertaken, judgeAgain } from '../../../lib/detect/judge-again.ts';
import { judgeAndLearn } from '../../../lib/detect/pipeline.ts';
import type { Detector } from '../../../lib/detectors/define.ts';
import type { Settings } from '../../../lib/detectors/settings.ts';
import type { AccountFact } from '../../../lib/domain/account/account-facts-of.ts';
import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { byPart } from '../../../lib/domain/record/customer-record.ts';
import { memoryRecords } from '../memory-records.ts';
import type { Explanation } from './explanation.ts';
import { type BadLine, readEvents } from './read-events.ts';
import type { LineBlock } from './read-lines.ts';
import { type AccountJudges, replayAccount } from './replay-account.ts';

/** What a replay has seen so far. */
export interface ReplayCounts {
  events: number;
  judged: number;
  repeats: number;
  late: number;
  findings: number;
  badLines: number;
}

/** What judges: the same tables as in production. */
export interface Judges extends Pick<AccountJudges, 'accountDetectors' | 'renewalDetector'> {
  readonly detectors: readonly Detector[];
  readonly settings: Settings;
  /** Names of rules that are left out. */
  readonly without?: ReadonlySet<string>;
  /** The event that is explained. */
  readonly explanation?: Explanation;
}

/** One way to judge the events, and what it has seen so far. */
export interface Look {
  readonly judges: Judges;
  readonly counts: ReplayCounts;
}

export function lookBy(judges: Judges): Look {
  return { judges, counts: { events: 0, judged: 0, repeats: 0, late: 0, findings: 0, badLines: 0 } };
}

/**
 * Stripe events through the same `judge`, `learn` and `sweep` as in production, in order of arrival; each is read once
 * and judged by every look. Each finding comes once a look, as the alert Lambda would let it through. Memory grows
 * with customers, not events, as long as the events stand alone: see `readEvents`.
 * @param onBadLine called with a line that can't be used; the rest continues
 */
export async function* replayEvents(
  blocks: AsyncIterable<LineBlock>,
  looks: readonly Look[],
  onBadLine: (bad: BadLine) => void,
): AsyncGenerator<{ readonly look: Look; readonly finding: Finding }> {
  const judges = looks.map((look) => ({
    look,
    judge: eventJudge(look.judges, look.counts),
    found: new Set<string>(),
  }));
  const bad = (line: BadLine): void => {
    for (const { counts } of looks) counts.badLines += 1;
    onBadLine(line);
  };
  const onObject = (): void => {
    for (const { counts } of looks) counts.events += 1;
  };
  for await (const events of readEvents(blocks, { onObject, onBadLine: bad })) {
    for (const { event, file, lineNumber } of events) {
      try {
        for (const { look, judge, found } of judges) {
          for (const finding of (await judge(event)).findings) {
            if (found.has(finding.id)) continue;
            found.add(finding.id);
            look.counts.findings += 1;
            yield { look, finding };
          }
        }
      } catch (error) {
        bad({ file, lineNumber, reason: error instanceof Error ? error.message : String(error) });
      }
    }
  }
}

/**
 * All that is found up to an event: the sweeps due before it, then what the event itself shows; and what the account's
 * calibration learns of it.
 */
export function eventJudge(
  { detectors, settings, without, explanation, ...judges }: Judges,
  counts: Pick<ReplayCounts, 'judged' | 'repeats' | 'late'>,
  records = memoryRecords(),
) {
  const store: AccountJudges['store'] = {
    load: async (key) => ({ record: records.of(key), versions: byPart(() => 0) }),
  };
  const accounts = new Map<string, ReturnType<typeof replayAccount>>();
  return async (
    event: BillingEvent,
  ): Promise<{ readonly findings: readonly Finding[]; readonly scores: readonly AccountFact[] }> => {
    const { account, livemode } = event;
    const accountKey = `${account} ${livemode}`;
    const sweeps =
      accounts.get(accountKey) ??
      replayAccount({ account, livemode }, { ...judges, store, off: settings.off });
    accounts.set(accountKey, sweeps);
    const swept = sweeps.isDue(event.receivedAtSec) ? await sweeps.until(event.receivedAtSec) : [];

    const trace = explanation?.traceOf(event);
    const context = { calibration: sweeps.calibration(), settings, without, trace };
    const before = records.of(event);
    const { record, outcome, findings, scores } = judgeAndLearn(event, before, detectors, context);
    const recent = isOvertaken(event, before, outcome) ? records.eventsSince(event, event.occurredAtSec) : [];
    const again = judgeAgain(event, recent, record, detectors, { ...context, trace: undefined });
    if (event.customer !== null && isJudgedAgain(event)) records.keepEvent(event);
    if (trace !== undefined) explanation?.isOver(outcome);
    sweeps.see(event, scores);
    records.set(event, record);
    counts.judged += 1;
    if (outcome === 'repeat') counts.repeats += 1;
    if (outcome === 'late') counts.late += 1;
    return { findings: [...swept, ...findings, ...again], scores };
  };
}
