import fc from 'fast-check';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { render } from '../../../lib/message/email/render.ts';
import { feedbackPage } from '../../../lib/message/page/feedback-page.ts';
import { builtMessage } from './built-message.ts';
import { brokenSum, draftSpike, options, usageSpike } from './sample-findings.ts';

const nasty = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='x",
  '</title><h1>',
  '&lt;b&gt;',
  '<!--',
  '\r\nBcc: eve@evil.example',
  '\n\n',
  '\r',
  '\u2028',
  '\u2029',
  '\u0000',
  '\u001b[31m',
  '\u007f',
  '\u202e',
  '\u2066',
  '\u200f',
  '\u200b',
  '\ufeff',
  '\u{e0041}',
  '\ud800',
  '🧾',
  'ß',
  '株式',
  ' ',
  ' class="page"',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary' })), { maxLength: 12 })
  .map((parts) => parts.join(''));
const hostile = fc.oneof(
  text,
  text.map((part) => part.padEnd(10_000, `${part}<b>A`)),
);

/** Every text of a finding that someone outside could have written, and some that they could not. */
function spoiled(finding: Finding, evil: string): Finding {
  const { breakdown, measure } = finding;
  const rows = breakdown?.rows.map((row) => ({ ...row, label: evil })) ?? [];
  return {
    ...finding,
    customerName: evil,
    customer: evil,
    summary: `Invoice to ${evil} is high.`,
    rule: evil,
    severityReason: evil,
    question: evil,
    nextSteps: [evil, evil],
    object: evil,
    objectLabel: evil,
    eventId: evil,
    account: evil,
    id: evil,
    measure: measure.kind === 'money' ? { ...measure, what: evil } : { ...measure, what: evil, unit: evil },
    breakdown: breakdown && { ...breakdown, rows, totalLabel: evil },
  };
}

const anyFinding = fc.constantFrom(draftSpike, usageSpike, brokenSum);
// Format characters that join emoji or reorder text, controls but line feeds, and the separators that break lines.
const invisible = /[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|[^\P{Cc}\n]/u;

const markup = (html: string): readonly string[] => html.match(/<[^>]*>/g) ?? [];

it('lets no text break the subject, hide in any part, or make a mail large', () => {
  fc.assert(
    fc.property(anyFinding, hostile, (finding, evil) => {
      const { subject, text: plain, html } = render(spoiled(finding, evil), options);
      expect(subject.length).toBeLessThanOrEqual(90);
      expect(subject).not.toMatch(/[\r\n]/);
      for (const part of [subject, plain, html]) expect(part).not.toMatch(invisible);
      expect(Buffer.byteLength(html)).toBeLessThan(100_000);
    }),
    { numRuns: 300 },
  );
});

it('lets no text become markup: the tags and attributes are those of a harmless text', () => {
  fc.assert(
    fc.property(anyFinding, hostile, (finding, evil) => {
      const shape = (name: string): readonly string[] =>
        markup(render(spoiled(finding, name), options).html).map((tag) =>
          tag.replace(/href="[^"]*"/, 'href'),
        );
      expect(shape(evil)).toEqual(shape('Acme'));
    }),
    { numRuns: 300 },
  );
});

it('shows no text as an address that a mail program would link, hidden characters or not', () => {
  const { subject, text, html } = render(
    spoiled(draftSpike, 'A evil.exa\u200bmple/x https:\u202e//evil.example'),
    options,
  );
  for (const part of [subject, text, html]) {
    expect(part).toContain('A evil[.]example/x');
    expect(part).not.toContain('evil.example');
  }
});

it.each([
  ['Refund: evil.example now', 'evil[.]example'],
  ['Refund 10.9.8.7 now', '10[.]9[.]8[.]7'],
  ['Ask ann@evil.example', 'ann@evil[.]example'],
  ['Refund evil．example', 'evil[．]example'],
])(
  'lets no name stand as a host, an address or a mailbox in subject, text, HTML or page: %s',
  (name, shown) => {
    const finding = spoiled(draftSpike, name);
    const { subject, text, html } = render(finding, options);
    const alert = { finding, filedAtSec: options.nowSec, mailedAtSec: null, outcome: null };
    const page = feedbackPage({ alert, answer: undefined }, options.nowSec, options.timeZone);
    for (const part of [subject, text, html, page]) {
      expect(part).toContain(shown);
      expect(part).not.toContain(shown.replaceAll(/[[\]]/g, ''));
    }
  },
);

it('adds no header to the message that goes out', async () => {
  const evil = 'Acme\r\nBcc: eve@evil.example\r\n\r\n<script>';
  const { mail, raw } = await builtMessage(spoiled(draftSpike, evil));
  const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
  expect(mail.bcc).toBeUndefined();
  expect(head).not.toMatch(/^bcc:/im);
  expect(mail.subject).toContain('Acme Bcc: eve');
  expect([...mail.headers.keys()].sort()).toEqual([
    'auto-submitted',
    'content-type',
    'date',
    'from',
    'message-id',
    'mime-version',
    'references',
    'subject',
    'to',
  ]);
});
