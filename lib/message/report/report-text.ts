import { textOf, textTable } from '../email/text-table.ts';
import type { ReportFacts, ReportItem, ReportSection } from './report-facts.ts';

/** A report as plain text: the same facts and links as the HTML, in the same order. */
export function reportText({ livemode, summary, sections, reference, notes }: ReportFacts): string {
  return textOf([
    livemode ? [] : ['TEST MODE: no real money is involved.'],
    [summary],
    ...sections.flatMap(sectionLines),
    ['--', ...textTable(reference), ...notes],
  ]);
}

function sectionLines({
  title,
  figures = [],
  items = [],
  words,
}: ReportSection): readonly (readonly string[])[] {
  return [
    [...(title === undefined ? [] : [title.toUpperCase()]), ...textTable(figures)],
    ...items.map(itemLines),
    words === undefined ? [] : [words],
  ];
}

function itemLines({ summary, note, figures, link, answerUrl }: ReportItem): readonly string[] {
  return [
    summary,
    note,
    ...textTable(figures),
    `${link.label}:`,
    link.url,
    ...(answerUrl === undefined ? [] : ['Answer this alert:', answerUrl]),
  ];
}
