import { darkPalette, lightPalette, type Palette } from '../../../../lib/message/markup/palette.ts';
import { contrast } from '../contrast.ts';

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

  it('makes bars differ from the card and from the expected range: at least 2.4:1', () => {
    const { bar, flagged, card, band } = palette;
    const pairs = [bar, flagged].flatMap((ink) => [contrast(ink, card), contrast(ink, band)]);
    expect(Math.min(...pairs)).toBeGreaterThan(2.4);
  });
});
