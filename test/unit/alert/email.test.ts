import type { Finding } from '../../../lib/domain/finding.ts';
import { builtMessage } from './built-message.ts';
import { brokenSum, draftSpike, nowSec, options, usageSpike, yenCharge } from './sample-findings.ts';

/** What a reader sees of the HTML: words, without markup. */
function seen(html: string): string {
  const body = html.slice(html.indexOf('<body'));
  const words = body
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"');
  return words.replaceAll('&amp;', '&').replace(/\s+/g, ' ');
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

const samples: readonly (readonly [string, Finding])[] = [
  ['a draft far above the usual', draftSpike],
  ['a charge in yen', yenCharge],
  ['a usage spike', usageSpike],
  ['an invoice that does not add up', brokenSum],
];

describe.each(samples)('the email about %s', (_name, finding) => {
  it('has a subject of at most 90 characters that begins with the severity and names no id', async () => {
    const { mail } = await builtMessage(finding);
    expect(mail.subject?.length).toBeLessThanOrEqual(90);
    expect(mail.subject).toMatch(/^(\[TEST\] )?(Low|Medium|High|Critical): \S/);
    expect(mail.subject).not.toMatch(/(in|ch|evt|cus)_/);
  });

  it('says the same facts and links in the text as in the HTML', async () => {
    const { text, html } = await builtMessage(finding);
    const words = seen(html);
    const numbers = (from: string): ReadonlySet<string> =>
      new Set(from.replaceAll(/#\d+;/g, '').match(/[\d,]*\d(\.\d+)?/g));
    expect(
      [...numbers(text)].filter((number) => number.length > 2 && !numbers(`${words} ${html}`).has(number)),
    ).toEqual([]);
    expect([...numbers(words)].filter((number) => number.length > 2 && !numbers(text).has(number))).toEqual(
      [],
    );
    for (const said of [finding.summary, finding.severityReason, finding.rule, ...finding.nextSteps]) {
      expect(text).toContain(said);
      expect(words).toContain(said);
    }
    const urls = [...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url);
    expect(urls.length).toBeGreaterThan(0);
    for (const url of urls) expect(text).toContain(url);
  });

  it('is small, and nothing in it is loaded, run, filled in or tracked', async () => {
    const { html, mail } = await builtMessage(finding);
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
    expect(html).not.toMatch(
      /<(img|script|form|input|link|iframe|object|svg|video)\b|url\(|@import|\son\w+=|src=/i,
    );
    expect(mail.attachments).toEqual([]);
  });

  it('is a document for every reader: language, title, one h1, roles, scopes, both colour schemes', async () => {
    const { html, mail } = await builtMessage(finding);
    expect(html).toContain('<html lang="en">');
    expect(html).toMatch(/<title>[^<]{20,}<\/title>/);
    expect(count(html, /<h1\b/g)).toBe(1);
    expect(count(html, /<th\b/g)).toBe(count(html, /<th scope="(row|col)"/g));
    for (const [table] of html.matchAll(/<table\b[^>]*>(?:(?!<\/?table)[\s\S])*<\/table>/g)) {
      expect(table).toMatch(/<th\b|^<table role="presentation"/);
    }
    expect(html).toContain('@media (prefers-color-scheme:dark)');
    expect(mail.headers.get('subject')).toBe(mail.subject);
  });

  it('is set in 16 px or more, with targets of 44 px or more, in a column that may shrink from 600 px', async () => {
    const { html } = await builtMessage(finding);
    const sizes = [...html.matchAll(/font-size:(\d+)px/g)].map(([, size]) => Number(size));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16);
    expect(html).toMatch(/<a href[^>]*line-height:46px/);
    expect(html).toMatch(/width="600"[^>]*width:100%;max-width:600px/);
    expect(html).toContain('<meta name="viewport" content="width=device-width,initial-scale=1">');
  });

  it('ends with the alert, the event, a time with its zone and why the reader gets it', async () => {
    const { text } = await builtMessage(finding);
    const footer = text.slice(text.indexOf('\n--\n'));
    expect(footer).toContain(finding.id);
    expect(footer).toContain(finding.eventId);
    expect(footer).toContain('14:47 CET on 23 Nov 2026');
    expect(footer).toContain('You get this because');
  });
});

describe('the envelope', () => {
  it('is automatic, has an id of its own, and is of one thread with whatever is said of the same invoice', async () => {
    const first = await builtMessage(draftSpike);
    const later = await builtMessage({ ...usageSpike, id: 'another' }, { ...options, nowSec: nowSec + 60 });
    expect(first.mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(first.mail.messageId).toBe(`<alert-${draftSpike.id}@acme.example>`);
    expect(later.mail.messageId).toBe('<alert-another@acme.example>');
    expect(first.mail.references).toMatch(/^<thread-[0-9a-f]{26}@acme\.example>$/);
    expect(later.mail.references).toBe(first.mail.references);
    expect(first.mail.date).toEqual(new Date(nowSec * 1000));
  });

  it('says [TEST] of test mode, in the subject, the text and the HTML', async () => {
    const { mail, text, html } = await builtMessage(brokenSum);
    expect(mail.subject).toMatch(/^\[TEST\] /);
    expect(text).toMatch(/^TEST MODE/);
    expect(seen(html)).toContain('Test mode');
    expect((await builtMessage(draftSpike)).raw).not.toMatch(/test mode/i);
  });
});

describe('the first screen', () => {
  it('says what is usual, the difference in money and per cent, the deadline and the reason of the severity', async () => {
    const { mail, text } = await builtMessage(draftSpike);
    expect(mail.subject).toBe(
      'High: Acme Ltd draft invoice $4,120.00, usually about $410.00, charges in 47 min',
    );
    expect(text).toMatch(/Expected range: +\$348\.00 to \$492\.00/);
    expect(text).toMatch(/Difference: +\$3,710\.00 more than the usual \$410\.00 \(\+905%\)/);
    expect(text).toContain(
      'Draft: will be finalised and charged at 15:47 CET on 23 Nov 2026. 47 min left to stop it.',
    );
    expect(text).toMatch(/Severity: +High: 10 times the usual/);
  });

  it('says what became of a draft whose time is over, and counts no minutes', async () => {
    const { mail, text, html } = await builtMessage(draftSpike, { ...options, nowSec: nowSec + 3600 });
    expect(mail.subject).toBe('High: Acme Ltd draft invoice $4,120.00, usually about $410.00');
    expect(text).toContain('was finalised by Stripe at 15:47 CET on 23 Nov 2026');
    expect(`${text} ${html}`).not.toMatch(/ left to stop| in -|−\d+ min/);
  });

  it('opens the object in the right account and mode', async () => {
    expect((await builtMessage(draftSpike)).text).toContain(
      'https://dashboard.stripe.com/invoices/in_1Q2w3E4r5T',
    );
    expect((await builtMessage(yenCharge)).text).toContain('https://dashboard.stripe.com/payments/ch_3Pq8');
    const { text, html } = await builtMessage(brokenSum);
    expect(text).toContain('https://dashboard.stripe.com/acct_1Nm2/test/invoices/in_1Q2w3E4r5T');
    expect(html).toContain('>Open this invoice in Stripe</a>');
  });
});

describe('the reasons', () => {
  it('are either proven or unusual, and only what is unusual has a history, a range and a boundary', async () => {
    const unusual = await builtMessage(draftSpike);
    expect(seen(unusual.html)).toContain('Unusual: it stands out');
    expect(unusual.raw).not.toMatch(/proven/i);
    expect(unusual.text).toContain('At $492.00 or less there would have been no alert.');
    const proven = await builtMessage(brokenSum);
    expect(seen(proven.html)).toContain('Proven: it follows');
    expect(proven.raw).not.toMatch(/unusual|usually|Expected range|no alert/);
  });

  it('show each observation, the expected range, and the flagged one by shape and label', async () => {
    const { text, html } = await builtMessage(draftSpike);
    expect(seen(html)).toContain('Earlier values From To 12 28 Nov 2025 24 Oct 2026');
    for (const shown of [text, seen(html)]) {
      expect(shown).toContain('Expected range: $348.00 to $492.00');
      expect(shown).toMatch(/◆ this one/i);
      expect(shown).toContain('○');
    }
    expect(count(html, /class="part band"/g)).toBeGreaterThanOrEqual(draftSpike.history.points.length + 1);
  });

  it('sum the lines to the total', async () => {
    const { text } = await builtMessage(draftSpike);
    expect(text).toMatch(/Less the usual amount: +−\$410\.00\nMore than usual: +\$3,710\.00/);
  });
});
