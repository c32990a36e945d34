/** What a browser takes for the dot of a host (IDNA, and what Unicode makes a dot of), besides the full stop. */
const dots = /[.\uff0e\u2024\u3002\uff61]/gu;
const dot = dots.source;
/** Also symbols: hosts of emoji can be registered. */
const label = '[\\p{L}\\p{M}\\p{N}\\p{S}\\u200d_-]+';
/** Of letters, or in the encoding of other scripts: `1,200.50`, `24.12.` and `J.P.` are no hosts. */
const lastLabel = '(?:xn--[a-z0-9-]+|\\p{L}[\\p{L}\\p{M}]+)';

/**
 * Whatever a mail program may turn into a link. They look for `https://...` and `www....`, most for bare hosts and email
 * addresses too (https://github.com/markdown-it/linkify-it, and what Gmail, Outlook and Apple Mail do), some for IP
 * addresses. A name is a stranger's to choose, so a host in it leads finance wherever he likes.
 */
const address = new RegExp(
  [
    '(?<!\\S)\\S*:/{2}\\S*',
    `\\bwww${dot}\\S+`,
    // Without `@` and a label in front, so that a long text without a dot is looked at once.
    `(?<![\\p{L}\\p{M}\\p{N}\\p{S}\\u200d_-])(?:${label}${dot})+${lastLabel}(?![\\p{L}\\p{M}\\p{N}])\\S*`,
    `(?<![\\p{N}.])\\d{1,3}(?:${dot}\\d{1,3}){3}(?!${dot}?\\d)\\S*`,
  ].join('|'),
  'giu',
);

/** The types of Stripe's events, in our own sentences: no top-level domain is called so. */
const eventType =
  /^[a-z_]+(?:\.[a-z_]+)*\.(?:created|updated|deleted|finalized|upcoming|paid|voided|succeeded|captured|refunded|failed)[.,;:)]?$/;

/**
 * A text in which no mail program finds a link: else a customer's name could lead finance to any page, or to any mailbox.
 * Each dot stands in brackets, which everyone can read and which no program takes for a host. Characters that can't be
 * seen would do as well, but spam filters count them, and whoever copies a name copies them too.
 * @example unlinked('Acme https://evil.example/x') // 'Acme https[:]//evil[.]example/x'
 * @example unlinked('Booking.com') // 'Booking[.]com'
 */
export function unlinked(text: string): string {
  return text.replace(address, (found) =>
    eventType.test(found) ? found : found.replace(dots, '[$&]').replaceAll('://', '[:]//'),
  );
}
