import type { Row } from '../figure-rows.ts';

const maxLabelWidth = 36;

/** Rows as lines, their values below each other. @example textTable([{ label: 'To', value: 'Ann' }]) // ['To:  Ann'] */
export function textTable(rows: readonly Row[]): readonly string[] {
  const width = Math.min(maxLabelWidth, Math.max(...rows.map(({ label }) => label.length)));
  return rows.map(({ label, value }) => `${`${label}:`.padEnd(width + 1)}  ${value}`);
}

/** Sections of lines as one text; those without lines are left out. */
export function textOf(sections: readonly (readonly string[])[]): string {
  const written = sections.filter((lines) => lines.length > 0);
  return `${written.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
