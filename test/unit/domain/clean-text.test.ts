import fc from 'fast-check';
import { cleanText } from '../../../lib/domain/clean-text.ts';

it.each([
  ['Acme Ltd', 'Acme Ltd'],
  ['  Acme \t  Ltd ', 'Acme Ltd'],
  ['Acme\r\nBcc: everyone@example.com', 'Acme Bcc: everyone@example.com'],
  ['Acme\u2028Ltd\u0000', 'Acme Ltd'],
  ['\u202eemcA\u202c \u2066Ltd\u2069', 'emcA Ltd'],
  ['A\u200bc\u00adm\ufeffe', 'Acme'],
  ['A\ud800cme', 'Acme'],
  ['Müller & Søn ☕', 'Müller & Søn ☕'],
  ['<b>bold</b>', '<b>bold</b>'],
])('%j becomes %j', (text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

it.each(['', '   ', '\u202e\u200b', '\r\n'])('nothing readable in %j', (text) => {
  expect(cleanText(text)).toBeNull();
});

it('cuts after 120 whole code points', () => {
  expect(cleanText('x'.repeat(121))).toBe('x'.repeat(120));
  expect(cleanText('𝕏'.repeat(10_000))).toBe('𝕏'.repeat(120));
});

it('leaves one line without anything invisible, and a clean text as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const clean = cleanText(text) ?? 'nothing';
      expect(clean).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|^\s|\s$|\s\s/u);
      expect([...clean].length).toBeLessThanOrEqual(120);
      expect(cleanText(clean)).toBe(clean);
    }),
  );
});
