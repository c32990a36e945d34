import { styleText } from 'node:util';
import { inhibitors } from '../../../lib/detect/inhibit.ts';
import type { Detector } from '../../../lib/detectors/define.ts';
import type { TraceStep } from '../../../lib/detectors/trace.ts';
import { objectOf } from '../../../lib/domain/events/object-of.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import type { Explained } from './explanation.ts';

const columns = 100;

/**
 * How one event was judged, for a terminal: each detector that is made of rules with its stages, then what was found and
 * sent, who looked and was silent, and who does not look at such events.
 * @param detectors those that are on
 */
export function explanationLines(
  explained: Explained,
  detectors: readonly Detector[],
  stream: NodeJS.WriteStream,
): readonly string[] {
  const { event, kind, outcome, found } = explained;
  const bold = (text: string) => styleText('bold', text, { stream });
  const hasLooked = ({ on }: Detector) => on.includes(on.includes('invoice_paid') ? event.kind : kind);
  const findingsOf = ({ id }: Detector) => found.filter((finding) => finding.detector === id);
  const looked = detectors.filter(hasLooked);
  const silent = looked.filter((detector) => findingsOf(detector).length === 0);
  const others = detectors.filter((detector) => !hasLooked(detector));
  const inhibitorOf = inhibitors(found, detectors);
  const time = new Date(event.occurredAtSec * 1000).toISOString().slice(0, 16).replace('T', ' ');
  const what = [kind, time, objectOf(event)?.id, event.customer].filter(Boolean).join('  ');
  return [
    bold(event.id),
    ...wrapped(what, '  '),
    ...outcomeLines(outcome),
    ...detectors
      .filter(({ stages }) => stages !== undefined)
      .flatMap((detector) => [
        '',
        bold(detector.id),
        ...stageLines(detector, explained, hasLooked(detector)),
      ]),
    '',
    bold('Found'),
    ...(found.length === 0
      ? ['  nothing']
      : found.flatMap((finding) => findingLines(finding, inhibitorOf(finding)))),
    bold('Looked, and silent'),
    ...wrapped(namesOf(silent), '  '),
    bold(`Do not look at ${kind}`),
    ...wrapped(namesOf(others), '  '),
  ];
}

function outcomeLines(outcome: Explained['outcome']): readonly string[] {
  if (outcome !== 'repeat' && outcome !== 'late') return [];
  return wrapped(
    `It is ${outcome === 'late' ? 'too late to be distinguished from a repeat' : 'a repeat'}: it is judged by what it shows itself, without the customer's record, unless it was fetched.`,
    '  ',
  );
}

/** The steps of one detector: its rules by their stages, what each stage came to, and why it is silent. */
function stageLines(
  { id, stages = {} }: Detector,
  { steps, found, kind }: Explained,
  hasLooked: boolean,
): readonly string[] {
  if (!hasLooked) return [`  silent because it does not look at ${kind}`];
  const own = steps.filter(({ detector }) => detector === id);
  if (own.length === 0) return ['  silent because the customer lives by a test clock'];
  const isFound = found.some(({ detector }) => detector === id);
  const last = own.findLast(({ rule }) => rule === undefined);
  return [
    ...Object.keys(stages).flatMap((stage) => {
      const ofStage = own.filter((step) => step.stage === stage);
      return [`  ${stage}`, ...(ofStage.length === 0 ? ['    not asked'] : ofStage.flatMap(stepLines))];
    }),
    ...(isFound || last === undefined ? [] : wrapped(`silent because ${last.words}`, '  ')),
  ];
}

function stepLines({ rule, words }: TraceStep): readonly string[] {
  if (rule === undefined) return wrapped(`= ${words}`, '    ', '      ');
  return wrapped(`${rule.padEnd(21)} ${words === '' ? '-' : words}`, '    ', ' '.repeat(26));
}

function findingLines(
  { detector, severity, summary }: Finding,
  inhibitor: Finding | undefined,
): readonly string[] {
  const fate = inhibitor === undefined ? 'sent' : `not sent, as it yields to ${inhibitor.detector}`;
  return [...wrapped(`${detector}: ${severity}, ${fate}`, '  '), ...wrapped(summary, '    ')];
}

function namesOf(detectors: readonly Detector[]): string {
  return detectors.length === 0 ? 'none' : detectors.map(({ id }) => id).join(', ');
}

/** A text in lines of the terminal's width, each indented. */
function wrapped(text: string, indent: string, nextIndent = indent): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  for (const [index, word] of text.split(/(?<=\S) (?=\S)/).entries()) {
    const isFirst = line.trim() === '' || index === 0;
    if (!isFirst && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = `${nextIndent}${word}`;
    } else line += isFirst ? word : ` ${word}`;
  }
  return [...lines, line];
}
