import type { Bar } from './bar-chart.ts';

/** The words for marks, which differ by shape and word, never by colour alone. */
export const markWords: Readonly<Record<Bar['mark'], string>> = {
  usual: '',
  unusual: '○ not counted as usual',
  flagged: '◆ this one',
};
