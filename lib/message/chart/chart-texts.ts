import type { Finding } from '../../domain/finding/finding.ts';
import { expectedName, rangeWords } from '../expected-words.ts';
import { measureWords } from '../measure-words.ts';
import { axisWords } from '../text/axis-words.ts';
import type { ChartTexts } from './chart-layout.ts';
import type { ValueScale } from './value-scale.ts';

const longestRange = 20;

/** The texts on the chart: numbers and our own words, no text of Stripe's. */
export function chartTexts(finding: Finding, { ticks, timesEach }: ValueScale): ChartTexts {
  const { measure, actual, history } = finding;
  const range = rangeWords(finding);
  const isLong = range.length > longestRange;
  const notes = [
    timesEach === undefined
      ? []
      : `Log scale, each line ${timesEach.toLocaleString('en-US')} times the one below`,
    history.points.every(({ usual }) => usual) ? [] : '○ not counted as usual',
  ];
  return {
    ticks: axisWords(ticks, measure),
    actual: ['This one', measureWords(actual, measure)],
    usual: [expectedName(finding), ...(isLong ? range.split(/ (?=to )/) : [range])],
    head: notes.flat().join('\u2002'),
  };
}
