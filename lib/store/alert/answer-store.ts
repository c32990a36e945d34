import type { Answer, AnswerSubject } from '../../domain/finding/answer.ts';

/**
 * Stores what people answered to alerts. Every adapter promises (test/contract runs it on each):
 * - an alert has one answer, the last; of several given at once, one is stored;
 * - subjects are separate: another customer's, detector's, account's or mode's answers are never among them.
 */
export interface AnswerStore {
  /** Lists the last answer to each alert about the subject. */
  about(subject: AnswerSubject): Promise<readonly Answer[]>;
  /** Stores an answer. @returns false, and nothing is stored, unless the alert has had exactly `count` - 1 answers */
  give(answer: Answer): Promise<boolean>;
}
