/** Widths of characters as shares of the font size: the largest of each kind in Inter SemiBold. */
const shares = { narrow: 0.38, wide: 0.95, other: 0.65 };

/** The approximate width of a text of digits and plain words in the chart's font: rather too wide than too narrow. */
export function textWidth(text: string, fontSize: number): number {
  const widths = [...text].map((character) => shares[kindOf(character)]);
  return widths.reduce((sum, share) => sum + share, 0) * fontSize;
}

function kindOf(character: string): keyof typeof shares {
  if (/[\s.,:’il1()]/u.test(character)) return 'narrow';
  return /[MWmw%@]/u.test(character) ? 'wide' : 'other';
}
