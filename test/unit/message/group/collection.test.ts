import type { Finding } from '../../../../lib/domain/finding/finding.ts';
import { atStake } from '../../../../lib/message/at-stake.ts';
import { render } from '../../../../lib/message/email/render.ts';
import { renderMail } from '../../../../lib/message/email/render-mail.ts';
import { collectionSubject } from '../../../../lib/message/group/collection-subject.ts';
import { renderResolved } from '../../../../lib/message/report/render-resolved.ts';
import { builtMail } from '../built-message.ts';
import { seen } from '../mail-laws.ts';
import { collections, drifts, mailOptions, planned } from '../sample-collections.ts';
import { brokenSum, cardTesting, draftSpike, nowSec, options, yenCharge } from '../sample-findings.ts';

const { priceGroup, meterGroup, digest, mixedDigest, storm } = collections;
const atMinor = (atStakeMinor: number | null, currency = 'usd'): Finding => ({
  ...draftSpike,
  atStakeMinor,
  money: { ...draftSpike.money, currency },
});

describe('the money at stake', () => {
  it('is summed to the minor unit in each currency by itself, what is worth most first', () => {
    const findings = [atMinor(5_000_000, 'jpy'), atMinor(1_999), atMinor(2), atMinor(123_456, 'kwd')];
    expect(atStake(findings).totals.map((words) => words.replace(/\s/, ' '))).toEqual([
      '¥5,000,000',
      'KWD 123.456',
      '$20.01',
    ]);
  });

  it('is exact where the sum exceeds what a number holds', () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(atStake([atMinor(most), atMinor(most), atMinor(1)]).totals).toEqual(['$180,143,985,094,819.83']);
  });

  it('counts what is not known, and never counts the whole account’s money next to its customers’', () => {
    const ofAccount = { ...cardTesting, atStakeMinor: 99_999 };
    expect(atStake([atMinor(100), atMinor(null), ofAccount])).toEqual({
      totals: ['$1.00'],
      unknown: 1,
      ofAccount: 1,
    });
  });
});

describe('the email about one cause', () => {
  it('says in its subject how bad, how many, what, how much a currency and how long a warning helps', async () => {
    expect((await builtMail(priceGroup)).mail.subject).toBe(
      'High: 200 invoices bill another price, $1,760.00 and €439.00 at stake, charges in 48 min',
    );
    expect((await builtMail(meterGroup)).mail.subject).toBe(
      'Medium: 3 draft invoices count unusual usage, $2,437.20 at stake, first charged in 47 min',
    );
  });

  it('says what they share, the count, the totals, the first deadline, and what to do', async () => {
    const { text } = await builtMail(priceGroup);
    expect(text).toMatch(
      /^200 invoices bill Team plan at another price; \$1,760\.00 and €439\.00 at stake\.\n/,
    );
    expect(text).toContain(
      '133 draft and 67 open. The first is finalised and charged at 15:48 CET on 23 Nov 2026',
    );
    expect(text).toContain('48 min left to stop it.');
    expect(text).toContain('They all name one price, Team plan (price_1QvTeamPlan)');
    expect(text).toContain('https://dashboard.stripe.com/prices/price_1QvTeamPlan');
    expect(text).toContain('WHAT TO DO NEXT\n1. Void the invoice and bill it again.');
  });

  it('names the state of the money with a step that fits one state only', async () => {
    const [draft, paid] = drifts.slice(1, 3);
    const withSteps = (finding: Finding | undefined, state: 'draft' | 'paid', step: string): Finding => ({
      ...(finding ?? brokenSum),
      money: { ...brokenSum.money, state },
      nextSteps: ['Open it.', step],
    });
    const pair = [withSteps(draft, 'draft', 'Edit it.'), withSteps(paid, 'paid', 'Refund it.')];
    const { text } = await builtMail(planned('group', pair, 'price:price_1QvTeamPlan'));
    expect(text).toContain('1. Open it.\n2. Paid: Refund it.\n3. Draft: Edit it.\n');
  });

  it('shows five in full, of 40 in a line, and how many more there are', async () => {
    const { text, html } = await builtMail(priceGroup);
    expect(text.match(/^Should be: /gm)).toHaveLength(5);
    expect(text.match(/^At stake: /gm)).toHaveLength(40);
    expect(text).toContain('And 155 more, less severe or with less at stake.');
    expect(text).toContain('Open invoices in Stripe:\nhttps://dashboard.stripe.com/invoices\n');
    expect(seen(html)).toContain('And 155 more');
    expect(text.indexOf('$511.98')).toBeLessThan(text.indexOf('$511.83')); // the largest first
  });

  it('is one thread with what is said later of the same cause, and with nothing else', async () => {
    const headers = ({ headers }: ReturnType<typeof renderMail>) => [
      headers.References,
      headers['Message-ID'],
    ];
    const again = headers(renderMail(priceGroup, { ...mailOptions, nowSec: nowSec + 60 }));
    expect(again).toEqual(headers(renderMail(priceGroup, mailOptions)));
    const later = planned('group', drifts.slice(7, 9), 'price:price_1QvTeamPlan');
    const [thread, id] = headers(renderMail(later, mailOptions));
    expect(thread).toBe(again[0]);
    expect(id).not.toBe(again[1]);
    expect(headers(renderMail(meterGroup, mailOptions))[0]).not.toBe(thread);
    const [alone = draftSpike] = drifts;
    const resolved = renderResolved([{ finding: alone, reason: 'It was voided.' }], mailOptions);
    for (const { headers: single } of [render(alone, mailOptions), resolved])
      expect(single.References?.split(' ')).toContain(thread);
  });
});

describe('the digest', () => {
  it('says its hours, is one thread a day, and can be unsubscribed from by a mail to platform', async () => {
    const { mail, text } = await builtMail(digest);
    expect(text).toContain('what can wait is collected for 9:00 and 16:00 (Europe/Berlin)');
    expect(text).toContain('For no more digests, or at other hours, write to ops@acme.example.');
    expect(mail.headers.get('list')).toEqual({
      unsubscribe: { mail: 'ops@acme.example?subject=No%20more%20BillingWatch%20digests%2C%20please' },
    });
    const threadAt = (atSec: number) =>
      renderMail(digest, { ...mailOptions, nowSec: atSec }).headers.References;
    expect(threadAt(nowSec + 3600)).toBe(threadAt(nowSec));
    expect(threadAt(nowSec + 86_400)).not.toBe(threadAt(nowSec));
  });

  it('is a digest though it holds one finding', async () => {
    const { mail, text } = await builtMail(planned('digest', [yenCharge], 'digest'));
    expect(mail.subject).toBe('Critical: digest of 23 Nov 2026, 1 finding, ¥4,950,000 at stake');
    expect(text).toContain('UNUSUAL: 1 FINDING\n');
  });

  it('shows findings with one cause as one: how many, the sums, the first five; the unrelated ones stay apart', async () => {
    const feedbackUrl = ({ id }: Finding) => `https://feedback.example/alerts/${id}`;
    const { text, mail } = await builtMail(mixedDigest, { ...mailOptions, feedbackUrl });
    expect(mail.subject).toContain('21 findings');
    const [, cause = ''] =
      /^(12 invoices bill Team plan at another price\.\n[\s\S]*?)(?=^株)/m.exec(text) ?? [];
    expect(cause).toMatch(/^Money at stake: +\$90\.51 and €30\.15$/m);
    expect(cause).toMatch(/^Not listed here: +7 findings$/m);
    expect(cause).toContain('https://dashboard.stripe.com/prices/price_1QvTeamPlan\n');
    expect(cause.match(/^Answer: https:\S+drift0+\d+$/gm)).toHaveLength(5);
    expect(text).toMatch(/^3 draft invoices count unusual usage: Acme Ltd and 2 other findings$/im);
    expect(text.match(/Team plan/g)?.length).toBeLessThan(3);
  });

  it.each([
    ['proven', 'PROVEN: 1 FINDING', 'Proven: it follows from the facts alone.'],
    ['contradiction', 'CONTRADICTION: 1 FINDING', 'Contradiction: the bill and its subscription disagree.'],
    ['unusual', 'UNUSUAL: 1 FINDING', 'Unusual: '],
  ] as const)('shows what is %s in a part of its own', async (certainty, title, why) => {
    const finding = { ...yenCharge, certainty };
    const { text } = await builtMail(planned('digest', [finding, draftSpike], 'digest'));
    const part = text.slice(text.indexOf(certainty === 'unusual' ? 'UNUSUAL: 2 FINDINGS' : title));
    expect(part).toContain(finding.summary);
    expect(part).toContain(why);
  });

  it('names what is known of the money and what is not', async () => {
    const { text } = await builtMail(digest);
    expect(text).toMatch(/^Money at stake: +¥4,950,000, \$4,522\.40 and €90\.00$/m);
    expect(text).toMatch(/^Not in that sum: +1 finding with an unknown amount$/m);
    expect(text).toMatch(/^The whole account: +1 finding, not in that sum/m);
    expect(text).toMatch(/^Findings: +6: 2 high, 3 medium and 1 low$/m);
  });
});

describe('a storm', () => {
  it('says why it came as one, and how many of them are listed', async () => {
    const { mail, text } = await builtMail(storm);
    expect(mail.subject).toBe(
      'High: 101 findings at once, $222,926.40 and €81.40 at stake, first charged in 47 min',
    );
    expect(text).toContain('No one reads more than 30 emails an hour with care');
    expect(text).toContain(
      'at most every 10 minutes. 46 findings of 101 are listed below; the others are only counted.',
    );
    expect(mail.headers.has('list')).toBe(false);
  });

  it('never mixes what is proven with what is unusual', async () => {
    const mixed = [draftSpike, brokenSum, { ...drifts[0], severity: 'low' as const }, cardTesting].map(
      (finding, index): Finding => ({ ...brokenSum, ...finding, id: `mixed${index}`, livemode: true }),
    );
    const { text } = await builtMail(planned('storm', mixed, 'storm'));
    const [, proven = '', unusual = ''] =
      /PROVEN: 2 FINDINGS\n([\s\S]*)UNUSUAL: 2 FINDINGS\n([\s\S]*)/.exec(text) ?? [];
    expect(proven).toContain('says a total of $1,250.00');
    expect(proven).not.toMatch(/usual/i);
    expect(unusual).toContain('usually it is about $410.00');
    expect(unusual).not.toMatch(/proven:|Should be/i);
  });

  it('shows one finding like any other', () => {
    const alone = renderMail(planned('storm', [draftSpike], 'storm'), mailOptions);
    expect(alone).toEqual(renderMail(planned('alert', [draftSpike], draftSpike.id), mailOptions));
  });
});

describe('a cause whose id its merchant chose', () => {
  const cause = 'price:team:monthly evil.example/x';

  it('is linked by all of its id, which is never a link by itself', () => {
    const some = drifts.map((finding) => ({ ...finding, cause, causeName: undefined }));
    const { text, html } = renderMail(planned('group', some, cause), mailOptions);
    const url = 'https://dashboard.stripe.com/prices/team%3Amonthly%20evil.example%2Fx';
    expect(text).toContain(url);
    expect(html).toContain(`href="${url}"`);
    expect(text).toContain('one price, team:monthly evil[.]example/x,');
    expect(`${text}${html}`).not.toContain('evil.example/');
    const { text: page } = render(
      { ...draftSpike, cause },
      { ...options, feedbackUrl: () => 'https://a.example' },
    );
    expect(page).not.toContain('evil.example/');
  });
});

describe('whatever is collected', () => {
  it('stays under 100 KB with hundreds of findings whose texts are as long and as strange as they can be', () => {
    const evil = '"><script>\u202e株'.repeat(200);
    const some = Array.from({ length: 300 }, (_, index) => ({
      ...brokenSum,
      id: `evil${index}`,
      customerName: evil,
      account: evil,
      object: `in_${evil}`,
      summary: evil,
      headline: evil,
      severityReason: evil,
      cause: `price:${evil}`,
      causeName: evil,
      nextSteps: [evil, evil, evil, evil, evil, evil],
      measure: { kind: 'money' as const, currency: 'usd', what: evil },
    }));
    for (const kind of ['group', 'digest', 'storm'] as const) {
      const { html, subject, headers } = renderMail(planned(kind, some, `price:${evil}`), mailOptions);
      expect(Buffer.byteLength(html)).toBeLessThan(100_000);
      expect(subject.length).toBeLessThanOrEqual(90);
      expect(`${subject}${JSON.stringify(headers)}`).not.toMatch(/[\r\n\u202e]/);
      expect(html).not.toMatch(/<script|\u202e/);
    }
  });

  it('leaves out the name of the cause, then currencies, then the deadline, where the subject is too short', () => {
    const says = [
      '200 invoices bill Enterprise plan with support at another price',
      '200 invoices bill another price',
    ];
    const subject = (findings: readonly Finding[]) => collectionSubject(findings, says, nowSec);
    expect(subject([atMinor(100)])).toBe(
      'High: 200 invoices bill another price, $1.00 at stake, first charged in 47 min',
    );
    expect(subject([atMinor(9e9), atMinor(9e9, 'eur'), atMinor(9e9, 'gbp')])).toBe(
      'High: 200 invoices bill another price, €90,000,000.00 and 2 more currencies at stake',
    );
    const settled = { ...atMinor(100), money: { ...draftSpike.money, state: 'open' as const } };
    expect(subject([settled])).toBe(
      'High: 200 invoices bill Enterprise plan with support at another price, $1.00 at stake',
    );
  });
});
