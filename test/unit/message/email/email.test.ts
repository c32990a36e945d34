import type { Finding } from '../../../../lib/domain/finding/finding.ts';
import { builtMessage } from '../built-message.ts';
import { seen } from '../mail-laws.ts';
import { brokenSum, draftSpike, nowSec, options, usageSpike, yenCharge } from '../sample-findings.ts';

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
  it('says its sentence, its reason, its rule and its steps in the text and in the HTML', async () => {
    const { text, html } = await builtMessage(finding);
    for (const said of [finding.summary, finding.severityReason, finding.rule, ...finding.nextSteps]) {
      expect(text).toContain(said);
      expect(seen(html)).toContain(said);
    }
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
    expect(text).toMatch(/Usual so far: +\$389\.00 to \$421\.00/);
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
    expect(unusual.text).toContain('At $492.00 or less this check would have raised no alert.');
    const proven = await builtMessage(brokenSum);
    expect(seen(proven.html)).toContain('Proven: it follows');
    expect(proven.raw).not.toMatch(/usual|no alert/i);
  });

  it('show each observation, what is usual, and the flagged one by shape and label', async () => {
    const { text, html } = await builtMessage(draftSpike);
    expect(seen(html)).toContain('Earlier values From To 12 28 Nov 2025 24 Oct 2026');
    for (const shown of [text, seen(html)]) {
      expect(shown).toContain('Usual so far: $389.00 to $421.00');
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

describe('what fits the one finding', () => {
  it('says what changed nearby, in the text and in the HTML, and nothing when nothing did', async () => {
    const nearby = ['The last invoice had a discount of 20.0%, this one has none.'];
    const { text, html } = await builtMessage({ ...draftSpike, nearby });
    expect(text).toContain(`WHAT CHANGED NEARBY\n- ${nearby[0]}`);
    expect(seen(html)).toContain(`What changed nearby ${nearby[0]}`);
    expect((await builtMessage(draftSpike)).raw).not.toMatch(/changed nearby/i);
  });

  it('gives the reason why such a thing is worth telling, where it is not the history', async () => {
    const basis = 'equal charges so close together are seldom meant';
    const { text } = await builtMessage({ ...yenCharge, basis });
    expect(text).toContain(`Unusual: ${basis}. That is a judgement, not a proof; it may be intended.`);
    expect(text).not.toContain('history.');
  });

  it.each([
    [{ shown: 3, areAll: true }, 'all of the invoice (3 lines) and 12 earlier values since 28 Nov 2025;'],
    [{ shown: 10, areAll: false }, 'the first 10 lines of the invoice, not the others and 12 earlier values'],
    [undefined, '12 earlier values since 28 Nov 2025;'],
  ])('says how much of it was seen: %j', async (lines, words) => {
    const { text } = await builtMessage({ ...draftSpike, ...(lines && { lines }) });
    expect(text).toContain(`Coverage: BillingWatch saw ${words}`);
  });

  it('does not say since when, where not all of the values that were used are shown', async () => {
    const { text } = await builtMessage({ ...draftSpike, history: { ...draftSpike.history, count: 64 } });
    expect(text).toContain('Coverage: BillingWatch saw 64 earlier values;');
  });
});
