import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Alert } from '../../../../lib/domain/finding/alert.ts';
import { type Answer, conditionOf } from '../../../../lib/domain/finding/answer.ts';
import type { Finding } from '../../../../lib/domain/finding/finding.ts';
import { pageHeaders } from '../../../../lib/message/markup/page-of.ts';
import { feedbackPage } from '../../../../lib/message/page/feedback-page.ts';
import { badLinkPage, errorPage, unknownAlertPage } from '../../../../lib/message/page/feedback-refusals.ts';
import { brokenSum, cardTesting, draftSpike, nowSec, usageSpike, yenCharge } from '../sample-findings.ts';

const observed = { part: 'invoices', admits: true } as const;
const findings: readonly Finding[] = [
  { ...draftSpike, observed },
  { ...brokenSum, observed: { part: 'invoices', admits: false } },
  { ...usageSpike, observed, cause: 'meter:price_1' },
  yenCharge,
  cardTesting,
];

function alertOf(finding: Finding): Alert {
  return { finding, filedAtSec: nowSec, mailedAtSec: nowSec, outcome: null };
}

function answerTo(finding: Finding, kind: Answer['kind'], untilSec: number | null = null): Answer {
  const { account, livemode, customer, detector, id, object } = finding;
  const subject = { account, livemode, customer, detector, object, alert: id };
  return {
    ...subject,
    condition: conditionOf(finding),
    kind,
    untilSec,
    resolved: null,
    atSec: nowSec,
    count: 4,
  };
}

const pageFor = (finding: Finding, answer?: Answer) =>
  feedbackPage({ alert: alertOf(finding), answer }, nowSec, 'Europe/Berlin');
const allPages = [
  ...findings.map((finding) => pageFor(finding)),
  ...findings.map((finding) => pageFor(finding, answerTo(finding, 'planned', nowSec + 86_400))),
  ...[badLinkPage, unknownAlertPage, errorPage],
];
const all = (page: string, pattern: RegExp) => [...page.matchAll(pattern)].map(([, found = '']) => found);

it.each(allPages.map((page, index) => [index, page] as const))(
  'is a page that anyone can read, with nothing active in it: %i',
  (_index, page) => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(all(page, /<title>([^<]+)</g)).toHaveLength(1);
    expect(all(page, /<(h1)\b/g)).toHaveLength(1);
    expect(page).toContain('<main');
    expect(page).not.toMatch(/<script|<iframe|<img|<link|\son\w+=|style="|javascript:|@import|url\(/i);
    const links = all(page, /(?:href|src|action)="([^"]*)"/g);
    for (const link of links) expect(link).toMatch(/^https:\/\/dashboard\.stripe\.com\//);
    const asked = all(page, /<input type="date" id="([^"]+)"/g);
    expect(all(page, /<label for="([^"]+)"/g)).toEqual(asked);
  },
);

it('allows itself one style sheet, by its hash, and forms to nowhere but its own page', () => {
  const policy = pageHeaders['content-security-policy'] ?? '';
  for (const page of allPages) {
    const [style = ''] = all(page, /<style>([^<]*)<\/style>/g);
    const hash = createHash('sha256').update(style).digest('base64');
    expect(policy).toContain(`style-src 'sha256-${hash}'`);
    expect(style).toMatch(/\.act\{[^}]*min-height:44px/);
  }
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("form-action 'self'");
  expect(policy).not.toContain('unsafe');
});

it('offers four answers, each with what it does written on its button', () => {
  const buttons = all(pageFor({ ...draftSpike, observed }), /<button[^>]*>(.*?)<\/button>/gs);
  expect(buttons.map((button) => button.replace(/<[^>]+>/g, '').replace(/\s+/g, ' '))).toEqual([
    'Expected, new normal From now on this is usual for Acme Ltd: the next one like it is no alert.',
    'Real error It does not count towards what is usual for Acme Ltd, as if it had never been: the next one like it is an alert again. In Stripe nothing is changed.',
    'Planned until that day Until that day is over, no email from the check amount-spike about Acme Ltd, whatever it finds.',
    'Snooze until that day Until that day is over, no email from the check amount-spike about this draft invoice (in_1Q2w3E4r5T). All other findings are reported as always.',
  ]);
});

it('promises to be quiet only where it will be', () => {
  expect(pageFor({ ...brokenSum, observed: { part: 'invoices', admits: false } })).toMatch(
    /this check does not go by what is usual: the next one like it is an alert again.*What it finds of another bill is reported all the same/s,
  );
  expect(pageFor(cardTesting)).toContain('Nothing is learnt from it');
  expect(pageFor({ ...usageSpike, cause: 'meter:price_1' })).toContain(
    'about Acme Ltd with the same cause (meter:price_1)',
  );
});

it('says how the alert stands, offers Undo, and good forms for the next answer only', () => {
  const untilSec = Date.parse('2026-12-24T23:00Z') / 1000;
  const page = pageFor(draftSpike, answerTo(draftSpike, 'planned', untilSec));
  expect(page).toContain('Answered 15:00 CET on 23 Nov 2026: Planned until the end of 24 Dec 2026.');
  expect(page).toContain('value="undo"');
  expect(new Set(all(page, /name="seen" value="(\d+)"/g))).toEqual(new Set(['4']));
  expect(pageFor(draftSpike)).not.toContain('value="undo"');
  expect(pageFor(draftSpike, answerTo(draftSpike, 'none'))).toContain('no one has answered');
});

it('shows that an alert is over', () => {
  const outcome = { kind: 'resolved', reason: 'The invoice was voided.', atSec: nowSec } as const;
  const page = feedbackPage({ alert: { ...alertOf(draftSpike), outcome }, answer: undefined }, nowSec, 'UTC');
  expect(page).toContain('It is over. The invoice was voided.');
});

it('lets no text become markup, whoever wrote it', () => {
  const nasty = fc.constantFrom(
    '<script>',
    '"><form action=x>',
    "' autofocus='",
    '</style>',
    '&lt;b&gt;',
    'Acme',
  );
  const text = fc
    .array(fc.oneof(nasty, fc.string({ unit: 'binary' })), { maxLength: 8 })
    .map((parts) => parts.join(''));
  const tags = (evil: string) => {
    const spoiled = {
      ...draftSpike,
      customerName: evil,
      customer: evil,
      object: evil,
      objectLabel: evil,
      cause: evil,
    };
    const page = pageFor({ ...spoiled, observed, summary: evil, question: evil, rule: evil });
    return all(page, /(<[^>]*>)/g).map((tag) => tag.replace(/href="[^"]*"/, 'href'));
  };
  fc.assert(
    fc.property(text, (evil) => expect(tags(evil)).toEqual(tags('Acme'))),
    { numRuns: 100 },
  );
});
