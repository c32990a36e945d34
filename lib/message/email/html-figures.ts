import type { Row } from '../figure-rows.ts';
import { type Html, html } from '../markup/html.ts';

/** Figures with their names, the first of them in bold. */
export function htmlFigures(rows: readonly Row[]): Html {
  const figure = ({ label, value }: Row, index: number): Html =>
    html`<tr><th scope="row" class="row gap muted">${label}</th><td class="row ink ${index === 0 ? 'strong' : ''}">${value}</td></tr>
`;
  return html`<table class="table" cellspacing="0" cellpadding="0">${rows.map(figure)}</table>`;
}
