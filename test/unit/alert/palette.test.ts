import { darkPalette, lightPalette, type Palette } from '../../../lib/alert/palette.ts';

/** Source: WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const palettes: readonly (readonly [string, Palette])[] = [
  ['light', lightPalette],
  ['dark', darkPalette],
];

describe.each(palettes)('the %s colours', (_name, palette) => {
  it('let every text be read: at least 4.5:1 on its ground', () => {
    const { text, muted, link, card, page, note, button, onButton, severity } = palette;
    const pairs = [
      [text, card],
      [text, page],
      [text, note],
      [muted, card],
      [muted, page],
      [link, card],
      [onButton, button],
      ...Object.values(severity).map(({ ink, ground }) => [ink, ground]),
    ];
    const weak = pairs.filter(([ink = '', ground = '']) => contrast(ink, ground) < 4.5);
    expect(weak).toEqual([]);
  });

  it('let bars be told from the card and from the expected range: at least 2.4:1', () => {
    const { bar, flagged, card, band } = palette;
    const pairs = [bar, flagged].flatMap((ink) => [contrast(ink, card), contrast(ink, band)]);
    expect(Math.min(...pairs)).toBeGreaterThan(2.4);
  });
});
