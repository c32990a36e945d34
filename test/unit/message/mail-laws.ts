import { minorExponent } from '../../../lib/domain/money/money.ts';
import type { BuiltMessage } from './built-message.ts';

/** What must hold of every email: returns what breaks it. */
type Law = (message: BuiltMessage) => readonly string[];

/** What a reader sees of the HTML: words, without markup. */
export function seen(html: string): string {
  const body = html.slice(html.indexOf('<body'));
  const words = body
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"');
  return words.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replace(/\s+/g, ' ');
}

const all = (text: string, pattern: RegExp): readonly string[] => text.match(pattern) ?? [];

/** Numbers of three digits and more; shorter ones are numbers of steps and bits of ids. */
function figures(text: string): ReadonlySet<string> {
  return new Set(all(text, /[\d,]*\d(\.\d+)?/g).filter((number) => number.length > 2));
}

const missing = (from: Iterable<string>, has: (one: string) => boolean) =>
  [...from].filter((one) => !has(one));

const links = (html: string) =>
  [...html.matchAll(/href="([^"]*)"/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'));

/** Format characters that reorder or hide text, and controls but line feeds. */
const invisible = /[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|[^\P{Cc}\n]/u;

const wrongDecimals: readonly RegExp[] = [
  /[$€£][\d,]*\d(?!\.\d\d(?!\d))(?![\d,.])/g,
  /¥[\d,]+\.\d/g,
  ...['KWD', 'BHD', 'JOD'].map(
    (code) =>
      new RegExp(`${code}\\s[\\d,]+(?!\\.\\d{${minorExponent(code.toLowerCase())}}(?!\\d))(?![\\d,.])`, 'g'),
  ),
];

export const mailLaws: Readonly<Record<string, Law>> = {
  'a subject of at most 90 characters that begins with the severity, or what kind of email it is, and names no id but a connected account’s':
    ({ mail }) =>
      all(
        mail.subject ?? '',
        /^(?!(\[TEST\] )?(Low|Medium|High|Critical|Resolved|Weekly report)( in acct_\w+)?: \S.*$).*|\b(in|ch|evt)_\w+|(?<! in )\bacct_\w+|!|urgent/gi,
      ).concat((mail.subject?.length ?? 0) > 90 ? ['too long'] : []),
  'a plain text with every figure of the HTML, and an HTML with every figure of the text': ({
    text,
    html,
  }) => {
    const words = seen(html);
    const [inText, inHtml] = [figures(text), figures(words)];
    const addresses = links(html).join(' ');
    return [
      ...missing(inHtml, (number) => inText.has(number)),
      ...missing(inText, (number) => inHtml.has(number) || addresses.includes(number)),
    ];
  },
  'the same links in both, all of them to Stripe': ({ text, html }) => {
    const inText = new Set(all(text, /https?:\/\/\S+/g));
    const inHtml = new Set(links(html));
    const foreign = [...inHtml].filter((url) => !url.startsWith('https://dashboard.stripe.com/'));
    return [
      ...missing(inText, (url) => inHtml.has(url)),
      ...missing(inHtml, (url) => inText.has(url)),
      ...foreign,
      ...(inHtml.size === 0 ? ['no link'] : []),
    ];
  },
  'links that open a window of their own, as a mail program may show the email in a frame': ({ html }) =>
    all(html, /<a (?!target="_blank" rel="noopener" )[^>]*>/g),
  'an HTML under 100 KB in which nothing is loaded, run, filled in or tracked': ({ html }) => [
    ...(Buffer.byteLength(html) < 100_000 ? [] : [`${Buffer.byteLength(html)} bytes`]),
    ...all(
      html,
      /<(script|form|input|link|iframe|object|svg|video)\b|url\(|@import|\son\w+=|\ssrc="(?!cid:)/gi,
    ),
  ],
  'a language, a title, one h1, headings in order, and no table without a role or scopes': ({ html }) => [
    ...(html.includes('<html lang="en">') ? [] : ['lang']),
    ...(/<title>[^<]{15,}<\/title>/.test(html) ? [] : ['title']),
    ...(all(html, /<h1\b/g).length === 1 ? [] : ['h1']),
    ...(/<h3[\s\S]*<h2/.test(html.slice(0, html.indexOf('<h2'))) ? ['h3 before h2'] : []),
    ...all(html, /<th\b(?! scope="(row|col)")/g),
    ...all(html, /<table\b[^>]*>(?:(?!<\/?table)[\s\S])*<\/table>/g).filter(
      (table) => !/<th\b|^<table role="presentation"/.test(table),
    ),
  ],
  'text of 16 px or more, targets of 44 px or more, and a column that shrinks from 600 px': ({ html }) => [
    ...all(html, /font-size:(?:[1-9]|1[0-5])px/g),
    ...all(html, /<a (?![^>]*(?:line-height:46px|padding:11px 0))[^>]*>/g),
    ...(/width="600"[^>]*width:100%;max-width:600px/.test(html) ? [] : ['column']),
    ...(html.includes('<meta name="viewport" content="width=device-width,initial-scale=1">')
      ? []
      : ['viewport']),
    ...(html.includes('@media (prefers-color-scheme:dark)') ? [] : ['dark']),
  ],
  'money in the decimals of its currency, a negative as a credit or a step in a sum': ({ text, mail }) =>
    wrongDecimals
      .flatMap((pattern) => all(`${mail.subject}\n${text}`, pattern))
      .concat(all(text, /-[$€£¥]\d/g)),
  'no per cent of nothing, and nothing that is no word': ({ text, mail }) =>
    all(`${mail.subject}\n${text}`, /nothing was expected.*%|\b(NaN|Infinity|undefined|null)\b|\[object/g),
  'no control, bidi or hidden character': ({ text, html, mail }) =>
    [text, html, mail.subject ?? ''].flatMap(
      (part) => part.match(invisible)?.map((hit) => `U+${hit.codePointAt(0)?.toString(16)}`) ?? [],
    ),
  'an envelope that is automatic, in a thread, with an id of its own, to no one else': ({ mail, raw }) => {
    const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
    const wanted = [
      /^Auto-Submitted: auto-generated\r?$/im,
      /^Message-ID: <\w+-\w+@acme\.example>\r?$/im,
      /^References:(?:\s+<thread-\w+@acme\.example>)+\r?$/im,
    ];
    return [
      ...wanted.filter((pattern) => !pattern.test(head)).map(String),
      ...(mail.bcc || mail.cc ? ['more readers'] : []),
    ];
  },
  'test mode in the subject and the text, or in neither': ({ mail, text, html }) => {
    const marks = [
      mail.subject?.startsWith('[TEST] '),
      text.startsWith('TEST MODE'),
      seen(html).includes('Test mode:'),
    ];
    return new Set(marks).size === 1 ? [] : [marks.join(' ')];
  },
  'a footer that says when it was written, why the reader gets it, and what was seen': ({ text }) => {
    const footer = text.slice(text.lastIndexOf('\n--\n'));
    const wanted = [
      /Written: +\d\d:\d\d \S+ on \d+ \w+ \d{4}/,
      /You get this because/,
      /Coverage: BillingWatch saw/,
    ];
    return wanted.filter((pattern) => !pattern.test(footer)).map(String);
  },
};
