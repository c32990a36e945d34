import type { Severity } from '../../domain/finding/finding.ts';

/** The colours. Every text colour has a contrast of at least 4.5:1 on each ground it stands on; a test measures it. */
export interface Palette {
  readonly page: string;
  readonly card: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly link: string;
  readonly button: string;
  readonly onButton: string;
  readonly note: string;
  readonly band: string;
  readonly bar: string;
  readonly flagged: string;
  readonly severity: Readonly<Record<Severity, { readonly ink: string; readonly ground: string }>>;
}

export const lightPalette: Palette = {
  page: '#f2f4f7',
  card: '#ffffff',
  text: '#1b2430',
  muted: '#586474',
  line: '#e1e5eb',
  link: '#1d56a8',
  button: '#1d56a8',
  onButton: '#ffffff',
  note: '#f3f6fa',
  band: '#d6ecdf',
  bar: '#7f93ab',
  flagged: '#b4540a',
  severity: {
    low: { ink: '#46515f', ground: '#e9edf2' },
    medium: { ink: '#1c4f94', ground: '#e3edfb' },
    high: { ink: '#82430a', ground: '#fcecd6' },
    critical: { ink: '#96231b', ground: '#fbe3e0' },
  },
};

export const darkPalette: Palette = {
  page: '#0e1116',
  card: '#171c23',
  text: '#e6eaf0',
  muted: '#a2adbb',
  line: '#2c343f',
  link: '#8db8f5',
  button: '#8db8f5',
  onButton: '#0e1116',
  note: '#1f262f',
  band: '#21402f',
  bar: '#8496ad',
  flagged: '#f2a65a',
  severity: {
    low: { ink: '#c3ccd7', ground: '#2b333d' },
    medium: { ink: '#a9cbfa', ground: '#1e304a' },
    high: { ink: '#f7c088', ground: '#43301a' },
    critical: { ink: '#f8b0a8', ground: '#4a221f' },
  },
};
