import { customerLabel } from '../../domain/events/customer-label.ts';
import { type AnswerKind, conditionOf } from '../../domain/finding/answer.ts';
import type { Finding } from '../../domain/finding/finding.ts';
import { isAboutAccount } from '../is-about-account.ts';
import { unlinked } from '../text/unlinked.ts';
import type { FeedbackAction } from './feedback-form.ts';

/** One of the four answers, with its exact effect: the words on the page, in the email and after the click. */
export interface FeedbackChoice {
  readonly action: Exclude<FeedbackAction, 'undo'>;
  readonly kind: AnswerKind;
  readonly label: string;
  /** Its scope: what it covers and what it does not. */
  readonly scope: string;
  /** The default day of the form, counted from today; only where a day is needed. */
  readonly daysAhead?: number;
}

/** @param finding already clean: see `cleanFinding` */
export function feedbackChoices(finding: Finding): readonly FeedbackChoice[] {
  return [
    { action: 'expected', kind: 'expected', label: 'Expected, new normal', scope: expectedScope(finding) },
    { action: 'error', kind: 'error', label: 'Real error', scope: errorScope(finding) },
    {
      action: 'planned',
      kind: 'planned',
      label: 'Planned until a day',
      scope: `${quiet(finding)} about ${subjectWords(finding)}, whatever it finds.${provenScope(finding)}`,
      daysAhead: 30,
    },
    {
      action: 'snooze',
      kind: 'snoozed',
      label: 'Snooze until a day',
      scope: `${quiet(finding)} about ${conditionWords(finding)}. All other findings are reported as always.`,
      daysAhead: 7,
    },
  ];
}

function quiet({ detector }: Finding): string {
  return `Until that day is over, no email from the check ${detector}`;
}

const nothingLearnt =
  'It is kept for the report. Nothing is learnt from it: the next one like it is an alert again.';

function expectedScope(finding: Finding): string {
  const { observed } = finding;
  if (observed === undefined) return nothingLearnt;
  return observed.admits
    ? `From now on this is usual for ${subjectWords(finding)}: the next one like it is no alert.`
    : `From now on its amounts are usual for ${subjectWords(finding)}. But this check does not go by what is usual: the next one like it is an alert again.`;
}

function errorScope(finding: Finding): string {
  if (finding.observed === undefined) return nothingLearnt;
  return (
    `It does not count towards what is usual for ${subjectWords(finding)}, as if it had never been: the next one like it is an ` +
    'alert again. In Stripe nothing is changed.'
  );
}

function provenScope({ certainty }: Finding): string {
  return certainty === 'unusual' ? '' : ' What it finds of another bill is reported all the same.';
}

function subjectWords(finding: Finding): string {
  if (isAboutAccount(finding)) return 'the whole account';
  return finding.customer === null ? 'customers that Stripe does not name' : customerLabel(finding);
}

function conditionWords(finding: Finding): string {
  const { cause, object, objectLabel } = finding;
  if (cause !== undefined)
    return `${subjectWords(finding)} with the same cause (${unlinked(conditionOf(finding))})`;
  return isAboutAccount(finding) ? 'the whole account' : `this ${objectLabel.toLowerCase()} (${object})`;
}
