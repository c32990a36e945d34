import { mutedUntilSec } from '../domain/finding/answer.ts';
import type { Finding } from '../domain/finding/finding.ts';
import type { AlertStore } from '../store/alert/alert-store.ts';
import type { AnswerStore } from '../store/alert/answer-store.ts';
import { asUpdate } from './as-update.ts';
import { parseFinding } from './parse-finding.ts';

export interface Filing {
  readonly store: AlertStore;
  readonly answers: Pick<AnswerStore, 'about'>;
  readonly nowSec: () => number;
}

/**
 * Files a finding as it lies on the queue.
 * @throws {MalformedFindingError} it is none
 * @throws {NewerVersionError} a newer release queued it
 */
export async function fileQueued(text: string, filing: Filing): Promise<void> {
  await fileAlert(parseFinding(text), filing);
}

/**
 * Files a finding: to be mailed, or as muted when people asked for silence about its like. A condition that was filed
 * before is filed once more only if it has become worse. Then the first alert is over, as the update takes its place.
 */
export async function fileAlert(finding: Finding, { store, answers, nowSec }: Filing): Promise<void> {
  const atSec = nowSec();
  const earlier = await store.load(finding);
  const update = earlier && asUpdate(finding, earlier.finding);
  const news = update ?? finding;
  const untilSec = mutedUntilSec(news, await answers.about(news), atSec);
  if (untilSec === undefined) await store.file(news, atSec);
  else await store.fileMuted(news, untilSec, atSec);
  if (update && earlier.mailedAtSec !== null && earlier.outcome === null)
    await store.recordOutcome(earlier.finding, {
      kind: 'resolved',
      reason: 'It has become worse, and was reported again.',
      atSec,
    });
}
