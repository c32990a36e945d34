import type { CollectionFacts } from '../group/collection-facts.ts';
import type { CollectionPart } from '../group/collection-part.ts';
import type { ListedFinding } from '../group/listed-finding.ts';
import { textOf, textTable } from './text-table.ts';

/** Several findings as plain text: the same facts and links as the HTML, in the same order. */
export function collectionText(facts: CollectionFacts): string {
  const { link, parts } = facts;
  return textOf([
    facts.livemode ? [] : ['TEST MODE: no real money is involved.'],
    [facts.summary],
    [facts.state],
    textTable(facts.figures),
    link === undefined ? [] : [`${link.label}:`, link.url],
    ['WHY THEY COME TOGETHER', facts.why],
    facts.steps.length === 0
      ? []
      : ['WHAT TO DO NEXT', ...facts.steps.map((step, index) => `${index + 1}. ${step}`)],
    ...parts.flatMap(topPart),
    ...parts.flatMap(otherPart),
    ['--', ...textTable(facts.reference), ...facts.notes],
  ]);
}

type Sections = readonly (readonly string[])[];

function topPart({ top }: CollectionPart): Sections {
  if (top === undefined) return [];
  const findings = top.findings.flatMap(({ summary, figures, link, answerUrl, members }) => [
    [
      summary,
      ...textTable(figures),
      `${link.label}:`,
      link.url,
      ...(answerUrl === undefined ? [] : ['Answer this alert:', answerUrl]),
    ],
    ...members.map(listedLines),
  ]);
  return [[top.title.toUpperCase(), top.certainty], ...findings];
}

function otherPart({ others }: CollectionPart): Sections {
  if (others === undefined) return [];
  const { title, findings, more } = others;
  return [
    [title.toUpperCase()],
    ...findings.map(listedLines),
    more === undefined ? [] : [more.words, `${more.link.label}:`, more.link.url],
  ];
}

function listedLines({ name, says, atStake, url, answerUrl }: ListedFinding): readonly string[] {
  return [
    `${name}: ${says}`,
    `At stake: ${atStake}`,
    url,
    ...(answerUrl === undefined ? [] : [`Answer: ${answerUrl}`]),
  ];
}
