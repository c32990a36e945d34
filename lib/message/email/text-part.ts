import type { AlertFacts } from '../alert-facts.ts';
import type { Bar, BarChart } from '../bar-chart.ts';
import { expectedName, rangeWords } from '../expected-words.ts';
import { markWords } from '../mark-words.ts';
import { measureWords } from '../measure-words.ts';
import { dayWords } from '../text/time-words.ts';
import { feedbackLines } from './feedback-section.ts';
import { textOf, textTable } from './text-table.ts';

/** The alert as plain text: the same facts and links as the HTML, in the same order. */
export function textPart(facts: AlertFacts): string {
  const { finding, link } = facts;
  const { nearby = [] } = finding;
  const sections = [
    finding.livemode ? [] : ['TEST MODE: no real money is involved.'],
    [facts.summary],
    [facts.moneyState],
    textTable(facts.figures),
    [`${link.label}:`, link.url],
    ['WHY', facts.certainty],
    [`The rule: ${finding.rule}`, ...(facts.boundary === undefined ? [] : [facts.boundary])],
    facts.history === undefined
      ? []
      : textTable([
          { label: 'Earlier values', value: facts.history.count },
          { label: 'From', value: facts.history.from },
          { label: 'To', value: facts.history.to },
        ]),
    facts.chart === undefined ? [] : chartLines(facts, facts.chart),
    facts.breakdown === undefined
      ? []
      : ['LINE BY LINE', ...textTable([...facts.breakdown.rows, facts.breakdown.total])],
    nearby.length === 0 ? [] : ['WHAT CHANGED NEARBY', ...nearby.map((change) => `- ${change}`)],
    ['WHAT TO DO NEXT', ...finding.nextSteps.map((step, index) => `${index + 1}. ${step}`)],
    feedbackLines(finding, facts.feedbackUrl),
    ['--', ...textTable(facts.reference), facts.whyYou, facts.coverage],
  ];
  return textOf(sections);
}

const barWidth = 24;

function chartLines({ finding, timeZone }: AlertFacts, { bars }: BarChart): readonly string[] {
  const words = bars.map((bar) => measureWords(bar.value, finding.measure));
  const width = Math.max(...words.map(({ length }) => length));
  const line = (bar: Bar, index: number): string => {
    const drawn = '='.repeat(Math.round(bar.length * barWidth)).padEnd(barWidth);
    const row = [dayWords(bar.atSec, timeZone).padStart(11), drawn, (words[index] ?? '').padStart(width)];
    return `${row.join('  ')}  ${markWords[bar.mark]}`.trimEnd();
  };
  return ['THE HISTORY', ...bars.map(line), `${expectedName(finding)}: ${rangeWords(finding)}`];
}
