/** Code points a text from outside may keep; enough for a name, too few for an essay in a subject line. */
const nameCodePoints = 120;

/** The usual case, recognised by one test: printable ASCII with single spaces inside only. */
const alreadyClean = /^[!-~]+(?: [!-~]+)*$/;

/** Bidi marks and overrides, zero-width and other invisible characters, tags, lone surrogates. */
const invisible = /[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]+/gu;

const blank = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * A name or description, which are an attacker's to choose, made harmless for one line of text: what can't be seen
 * is dropped, runs of white space, line breaks and controls become one space, and what is longer than
 * `maxCodePoints` is cut. Escaping for HTML is left to the template. `null` when nothing readable remains.
 *
 * @example cleanText('Acme\r\nBcc: x@y.z') // 'Acme Bcc: x@y.z'
 * @example cleanText(' \u202e ') // null
 */
export function cleanText(text: string, maxCodePoints = nameCodePoints): string | null {
  if (text.length <= maxCodePoints && alreadyClean.test(text)) return text;
  const bounded = text.slice(0, 16 * maxCodePoints); // what lies beyond could hardly be shown
  const collapsed = bounded.replace(invisible, '').replace(blank, ' ').trim();
  const capped = [...collapsed].slice(0, maxCodePoints).join('').trimEnd();
  return capped === '' ? null : capped;
}
