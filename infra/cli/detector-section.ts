import { measureWords } from '../../lib/alert/measure-words.ts';
import type { Detector } from '../../lib/detectors/define.ts';
import type { Example, Examples } from '../../lib/detectors/example-events.ts';
import { emptyRecord } from '../../lib/domain/customer-record.ts';
import type { Finding } from '../../lib/domain/finding.ts';
import { judgeAndLearn } from '../../lib/pipeline.ts';
import type { Knob } from './read-knobs.ts';

/** What of a detector is not in the detector itself. */
export interface DetectorSources {
  readonly examples: ReturnType<Examples>;
  readonly knobs: readonly Knob[];
  /** Files with more knobs, which others use too. */
  readonly sharedKnobs: readonly string[];
}

/** One detector as a section of docs/detectors.md, in Markdown. */
export function detectorSection(detector: Detector, sources: DetectorSources): string {
  const { id, question, on, nextSteps, blindSpots = [] } = detector;
  const { fires, quiet } = sources.examples;
  const finding = fires.flatMap((example) => findingsAt(example, detector))[0];
  const kinds = on.map((kind) => `\`${kind}\``).join(', ');
  return [
    `## ${id}`,
    `**${question}**`,
    ...(finding === undefined ? [] : [exampleAlert(finding)]),
    `${certaintyWords[detector.certainty]} It looks at ${kinds}. Source: [\`${id}.ts\`](../lib/detectors/${id}.ts).`,
    ...(finding === undefined ? [] : [`**Rule.** ${finding.rule}${boundaryWords(finding)}`]),
    ...knobParts(sources),
    `**Fires at**\n\n${bullets(fires.map(({ name }) => name))}`,
    `**Stays quiet at**\n\n${bullets(quiet.map(({ name }) => name))}`,
    `**What the reader does next**\n\n${nextSteps.map((step, index) => `${index + 1}. ${step}`).join('\n')}`,
    ...(blindSpots.length === 0 ? [] : [`**Does not see**\n\n${bullets(blindSpots)}`]),
  ].join('\n\n');
}

const certaintyWords: Readonly<Record<Finding['certainty'], string>> = {
  proven: '*Proven*: it follows from the facts alone, nothing is estimated.',
  unusual: '*Unusual*: judged by what else is known of this customer; it may be intended.',
};

function findingsAt({ history, event }: Example, detector: Detector): readonly Finding[] {
  const record = history.reduce((before, past) => judgeAndLearn(past, before, []).record, emptyRecord);
  return judgeAndLearn(event, record, [detector]).findings;
}

function exampleAlert({ summary, severity, severityReason }: Finding): string {
  const name = severity.slice(0, 1).toUpperCase() + severity.slice(1);
  return `> ${summary}\n>\n> ${name}: ${severityReason}`;
}

function boundaryWords({ boundary, measure }: Finding): string {
  return boundary === null
    ? ''
    : ` In the example, ${measureWords(boundary, measure)} would have been silent.`;
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
