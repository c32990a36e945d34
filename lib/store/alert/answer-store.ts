import type { Answer, AnswerSubject } from '../../domain/finding/answer.ts';

/**
 * Keeps what people said of alerts. What every adapter promises (test/contract runs it on each):
 * - an alert has one answer, the last; of several given at once, one is kept;
 * - subjects are apart: another customer's, detector's, account's or mode's answers are never among them.
 */
export interface AnswerStore {
  /** The last answer to each alert about the subject. */
  about(subject: AnswerSubject): Promise<readonly Answer[]>;
  /** @returns false, and nothing is kept, unless the alert has had exactly `count` - 1 answers */
  give(answer: Answer): Promise<boolean>;
}
