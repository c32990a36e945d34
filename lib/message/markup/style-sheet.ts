import { darkPalette, lightPalette, type Palette } from './palette.ts';

/** Styles of each class of the HTML, without colours. Sizes are for a reader at arm's length: 16 px text. */
export const shapes: Readonly<Record<string, string>> = {
  page: 'margin:0;padding:0;font-family:-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5',
  card: 'border:1px solid;border-radius:12px',
  pad: 'padding:28px 32px',
  pill: 'display:inline-block;margin-bottom:4px;padding:1px 12px;border-radius:13px;font-weight:600',
  h1: 'margin:14px 0 0;font-size:23px;line-height:1.32;font-weight:600;word-break:break-word',
  h2: 'margin:32px 0 10px;font-size:18px;line-height:1.3;font-weight:600;word-break:break-word',
  h3: 'margin:24px 0 6px;font-size:16px;line-height:1.4;font-weight:600;word-break:break-word',
  words: 'margin:0 0 10px;word-break:break-word',
  steps: 'margin:0;padding:0 0 0 24px',
  note: 'margin:18px 0 10px;padding:12px 16px;border-radius:8px;font-weight:600;word-break:break-word',
  table: 'width:100%;border-collapse:collapse;font-size:16px;line-height:1.45',
  row: 'padding:9px 0;border-bottom:1px solid;text-align:left;vertical-align:top;font-weight:400',
  item: 'padding:0 0 9px;border-bottom:1px solid;text-align:left;vertical-align:top;font-weight:400',
  beside: 'padding-top:10px',
  gap: 'padding-right:20px',
  number: 'text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums',
  tight: 'padding:3px 0;text-align:left;white-space:nowrap;font-weight:400',
  strong: 'font-weight:600',
  chart: 'margin-top:18px',
  caption: 'margin:22px 0 8px;font-weight:600',
  picture: 'display:block;width:100%;max-width:600px;height:auto;border:0;border-radius:10px',
  track: 'width:100%;padding:0 14px',
  scale: 'width:100%;border-collapse:collapse;table-layout:fixed',
  part: 'padding:9px 0;font-size:0;line-height:0',
  bar: 'height:12px',
  key: 'display:inline-block;width:14px;height:12px;margin-right:6px',
  target: 'display:inline-block;padding:11px 0',
  action: 'margin:22px 0 0',
  button:
    'display:inline-block;padding:0 22px;border-radius:8px;font-weight:600;line-height:46px;text-decoration:none',
  edge: 'padding:24px 12px',
  column: 'width:100%;max-width:600px',
  fact: 'padding:2px 0;text-align:left;vertical-align:top;font-weight:400',
  break: 'word-break:break-word',
  legend: 'margin:8px 0 0',
  footer: 'padding:20px 32px 36px',
};

function colours(palette: Palette): Readonly<Record<string, string>> {
  const { severity } = palette;
  const pill = ({ ink, ground }: { ink: string; ground: string }): string =>
    `color:${ink};background:${ground}`;
  return {
    page: `color:${palette.text};background:${palette.page}`,
    card: `background:${palette.card};border-color:${palette.line}`,
    low: pill(severity.low),
    medium: pill(severity.medium),
    high: pill(severity.high),
    critical: pill(severity.critical),
    ink: `color:${palette.text}`,
    muted: `color:${palette.muted}`,
    note: `color:${palette.text};background:${palette.note}`,
    row: `border-color:${palette.line}`,
    item: `border-color:${palette.line}`,
    band: `background:${palette.band}`,
    bar: `background:${palette.bar}`,
    flagged: `background:${palette.flagged}`,
    link: `color:${palette.link}`,
    button: `color:${palette.onButton};background:${palette.button}`,
  };
}

export const light = colours(lightPalette);

/** Rules for the head: what can't be set on an element itself. */
export const styleSheet = [
  '@media (max-width:480px){.edge{padding:8px 6px!important}.pad{padding:22px 18px!important}.footer{padding:18px 18px 30px!important}.track{padding:0 8px!important}.gap{padding-right:12px!important}}',
  `@media (prefers-color-scheme:dark){${Object.entries(colours(darkPalette)).map(darkRule).join('')}}`,
].join('');

function darkRule([name, rule]: readonly [string, string]): string {
  return `.${name}{${rule.replaceAll(';', '!important;')}!important}`;
}

/** Writes the style of its classes on each element: a forwarded mail loses its style sheet, but not these. */
export function withInlineStyles(markup: string): string {
  return markup.replace(/ class="([\w ]+)"/g, (attribute, names: string) => {
    const rules = names.split(' ').flatMap((name) => [shapes[name] ?? [], light[name] ?? []].flat());
    return `${attribute} style="${rules.join(';')}"`;
  });
}
