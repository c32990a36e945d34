import type { Detector } from '../../../lib/detectors/define.ts';
import type { Judgement } from '../../../lib/domain/finding/finding.ts';
import type { NextStep } from '../../../lib/domain/finding/next-step.ts';
import { measureWords } from '../../../lib/message/measure-words.ts';
import type { Knob } from './read-knobs.ts';

type Described = Pick<
  Detector,
  'id' | 'question' | 'certainty' | 'basis' | 'nextSteps' | 'blindSpots' | 'stages'
> & {
  readonly needsRealTime?: true;
  /** Set for a detector of whole accounts. */
  readonly overAfterHours?: number;
};

/** A detector as its section shows it, with what is not in the detector itself. */
export interface DetectorSources {
  readonly detector: Described;
  /** Where it is defined, from the project's root. */
  readonly source: string;
  /** What it looks at, as the end of a sentence. */
  readonly looksAt: string;
  /** What it says of its first example. */
  readonly judgement: Judgement | undefined;
  /** For a detector with several ways to decide. */
  readonly otherRules?: readonly string[];
  /** The names of its examples. */
  readonly fires: readonly string[];
  readonly quiet: readonly string[];
  readonly knobs: readonly Knob[];
  /** Files with more knobs, which others use too. */
  readonly sharedKnobs: readonly string[];
}

const simulated = 'Customers who live by one of Stripe’s test clocks: a year of theirs takes minutes.';

/** One detector as a section of docs/detectors.md, in Markdown. */
export function detectorSection(sources: DetectorSources): string {
  const { detector, source, looksAt, judgement, otherRules = [], fires, quiet } = sources;
  const { id, question, nextSteps, needsRealTime } = detector;
  const blindSpots = [...(detector.blindSpots ?? []), ...(needsRealTime ? [simulated] : [])];
  return [
    `## ${id}`,
    `**${question}**`,
    ...(judgement === undefined ? [] : [exampleAlert(judgement)]),
    `${certaintyWords(detector)} It looks at ${looksAt}. Source: [\`${id}.ts\`](../${source}).`,
    ...(judgement === undefined ? [] : [`**Rule.** ${judgement.rule}${boundaryWords(judgement)}`]),
    ...otherRules.map((rule) => `Or: ${rule}`),
    ...stageParts(detector),
    ...knobParts(sources),
    `**Fires at**\n\n${bullets(fires)}`,
    `**Stays quiet at**\n\n${bullets(quiet)}`,
    `**What the reader does next**\n\n${numbered(nextSteps)}`,
    ...(blindSpots.length === 0 ? [] : [`**Does not see**\n\n${bullets(blindSpots)}`]),
  ].join('\n\n');
}

function certaintyWords({ certainty, overAfterHours, basis: ownBasis }: Described): string {
  const whose = overAfterHours === undefined ? 'this customer' : 'this account';
  const basis = ownBasis ?? `it stands out from what is known of ${whose}`;
  if (certainty === 'contradiction')
    return '*Contradiction*: the bill and its subscription disagree; a fact, which may be meant.';
  return certainty === 'proven'
    ? '*Proven*: it follows from the facts alone, nothing is estimated.'
    : `*Unusual*: ${basis}; it may be intended.`;
}

/** What depends on the state of the money is one step, with a point a state. */
function numbered(steps: readonly NextStep[]): string {
  const lines = steps.map((step) =>
    typeof step === 'string'
      ? step
      : `By the state of the money:${Object.entries(step)
          .map(([state, words]) => `\n   - *${state}*: ${words}`)
          .join('')}`,
  );
  return lines.map((line, index) => `${index + 1}. ${line}`).join('\n');
}

function exampleAlert({ summary, severity, severityReason }: Judgement): string {
  const name = severity.slice(0, 1).toUpperCase() + severity.slice(1);
  return `> ${summary}\n>\n> ${name}: ${severityReason}`;
}

function boundaryWords({ actual, boundary, measure }: Judgement): string {
  if (boundary === null) return '';
  const rounding = actual > boundary ? 'floor' : 'ceil';
  return ` In the example, ${measureWords(boundary, measure, rounding)} would have been silent.`;
}

/** Lists the named rules of a detector that has them, in their order. */
function stageParts({ stages = {} }: Described): readonly string[] {
  const rows = Object.entries(stages).flatMap(([stage, rules]) =>
    rules.map(({ name, does }) => `| ${stage} | \`${name}\` | ${does} |`),
  );
  if (rows.length === 0) return [];
  const heading = '**Rules, in their order.** `replay --without RULE` leaves one out.';
  return [heading, ['| stage | rule | what it does |', '|---|---|---|', ...rows].join('\n')];
}

function knobParts({ knobs, sharedKnobs }: DetectorSources): readonly string[] {
  const links = sharedKnobs.map((name) => `[\`${name}\`](#${name})`).join(', ');
  return [
    ...(knobs.length === 0 ? [] : [knobTable(knobs)]),
    ...(sharedKnobs.length === 0
      ? []
      : [`It ${knobs.length === 0 ? '' : 'also '}builds on the knobs of ${links}.`]),
  ];
}

/** @example knobTable([{ name: 'warmUp', value: '5', meaning: 'observations' }]).split('\n').length // 3 */
export function knobTable(knobs: readonly Knob[]): string {
  const rows = knobs.map(({ name, value, meaning }) => `| \`${name}\` | ${value} | ${meaning} |`);
  return ['| knob | value | unit, and why |', '|---|--:|---|', ...rows].join('\n');
}

function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}
