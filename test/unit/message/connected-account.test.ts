import { findingJson, findingRow } from '../../../infra/cli/replay/finding-lines.ts';
import { detectorSummaries } from '../../../lib/detectors/detector-summaries.ts';
import type { AccountExamples } from '../../../lib/detectors/examples/example-past.ts';
import {
  endpointDisabled,
  examples as endpointExamples,
} from '../../../lib/detectors/health/endpoint-disabled.ts';
import { type AnyDetector, registry } from '../../../lib/detectors/registry.ts';
import { emptyCertificate } from '../../../lib/domain/account/certificate.ts';
import { type Finding, makeFinding } from '../../../lib/domain/finding/finding.ts';
import { wholeAccount } from '../../../lib/domain/finding/whole-account.ts';
import { render } from '../../../lib/message/email/render.ts';
import { renderMail } from '../../../lib/message/email/render-mail.ts';
import { feedbackPage } from '../../../lib/message/page/feedback-page.ts';
import { renderResolved } from '../../../lib/message/report/render-resolved.ts';
import { renderWeekly } from '../../../lib/message/report/render-weekly.ts';
import { weeklyFigures } from '../../../lib/message/report/weekly-figures.ts';
import { examplesOf } from '../../fixtures/examples-of.ts';
import { findingsOf } from '../../fixtures/findings-of.ts';
import { seen } from './mail-laws.ts';
import { drifts, mailOptions, planned } from './sample-collections.ts';
import { draftSpike, nowSec, options } from './sample-findings.ts';

const account = 'acct_1SellerNine';
const key = { account, livemode: true };

/** What a detector says of its own examples, in an account. */
function found(detector: AnyDetector, of: string): readonly Finding[] {
  if (detector.kind === 'endpoint') {
    const { url, needed, fires } = endpointExamples();
    const problems = fires.map(({ endpoints }) => endpointDisabled.problemOf(endpoints, url, needed) ?? '');
    const place = { ...key, account: of, ...wholeAccount('webhooks', nowSec) };
    return problems.map((problem) => makeFinding(detector, detector.judgement(problem, nowSec), place));
  }
  if (detector.kind === 'event') {
    const { fires } = examplesOf(detector.id)();
    return fires
      .flatMap(({ history, event }) =>
        findingsOf([...history, event].map((one) => ({ ...one, account: of }))),
      )
      .filter((finding) => finding.detector === detector.id);
  }
  if (detector.kind === 'renewal') return [{ ...draftSpike, account: of }]; // its emails are those of any finding about a customer
  const { fires } = examplesOf<AccountExamples>(detector.id)();
  return fires.flatMap(({ past }) => {
    const judgement = detector.judge(past);
    if (judgement === undefined) return [];
    const { sinceSec, page, ...rest } = judgement;
    const place = { ...key, account: of, ...wholeAccount(page, sinceSec) };
    return [makeFinding(detector, { ...rest, about: String(sinceSec) }, place)];
  });
}

/** The first sentence under what stands for test mode. */
const firstLine = (text: string) => text.split('\n').find((line) => line !== '' && !/^TEST MODE/.test(line));

describe.each(registry.map((detector) => [detector.id, detector] as const))('%s', (_id, detector) => {
  it('says which connected account its findings are of: in the subject, in the first sentence, for programs', () => {
    const findings = found(detector, account);
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) {
      const { subject, text, html } = render(finding, options);
      expect(subject).toContain(` in ${account}: `);
      expect(subject.length).toBeLessThanOrEqual(90);
      expect(firstLine(text)).toMatch(new RegExp(`connected account ${account}`, 'i'));
      expect(seen(html)).toContain(firstLine(text)?.slice(0, 60));
      expect(text).toMatch(new RegExp(`^Account: +${account}$`, 'm'));
      expect(findingJson(finding)).toMatchObject({ account });
      expect(findingRow(finding)).toContain(account);
      expect(`${subject}${text}`).not.toMatch(/\b(us|our|your) (own )?(bank|account|balance|Stripe)/i);
    }
  });

  it('says of our own account that it is ours by saying nothing', () => {
    for (const finding of found(detector, 'self')) {
      const { subject, text } = render(finding, options);
      expect(`${subject}${text}`).not.toMatch(/acct_|connected account|^Account:/im);
      expect(findingJson(finding)).toMatchObject({ account: 'self' });
    }
  });
});

describe('a connected account', () => {
  const some = drifts.map((finding) => ({ ...finding, account }));
  const says = `Connected account ${account}: `;

  it.each(['group', 'digest', 'storm'] as const)('is named by an email about many: a %s', (kind) => {
    const { subject, text, html } = renderMail(planned(kind, some, 'price:price_1'), mailOptions);
    expect(subject).toContain(` in ${account}: `);
    expect(subject.length).toBeLessThanOrEqual(90);
    expect(firstLine(text)).toContain(says);
    expect(seen(html)).toContain(says);
  });

  it('is named when its alerts are over, and once a week', () => {
    const over = some.slice(0, 2).map((finding) => ({ finding, reason: 'The invoice was voided.' }));
    const [first, ...others] = over;
    if (first === undefined) throw new Error('no samples');
    const week = weeklyFigures([], detectorSummaries({ off: [] }));
    for (const mail of [
      renderResolved([first], mailOptions),
      renderResolved([first, ...others], mailOptions),
      renderWeekly(key, week, emptyCertificate, mailOptions),
    ]) {
      expect(mail.subject).toContain(account);
      expect(firstLine(mail.text)).toContain(says);
      expect(seen(mail.html)).toContain(says);
    }
    expect(renderResolved([first], mailOptions).subject).toMatch(
      new RegExp(`^Resolved in ${account}: Acme Ltd 0 line`),
    );
  });

  it('is named by the page of an alert', () => {
    const alert = {
      finding: { ...draftSpike, account },
      filedAtSec: nowSec,
      mailedAtSec: null,
      outcome: null,
    };
    expect(feedbackPage({ alert, answer: undefined }, nowSec, 'UTC')).toContain(
      `${says}${draftSpike.summary}`,
    );
  });
});

it('says whose bank refused a payout', () => {
  const payouts = registry.filter(({ id }) => id === 'payout-failed');
  const [theirs] = payouts.flatMap((detector) => found(detector, account));
  const [ours] = payouts.flatMap((detector) => found(detector, 'self'));
  expect(theirs?.summary).toBe(
    'The bank of connected account acct_1SellerNine refused a payout of $4,120.00 (account closed); the money is back on that account’s Stripe balance.',
  );
  expect(theirs && render({ ...theirs, account: 'acct_1032D82eZvKYlo2C' }, options).subject).toBe(
    'High in acct_1032D82eZvKYlo2C: Failed payouts: $4,120.00 did not arrive',
  );
  expect(ours?.summary).toBe(
    'Your bank refused a payout of $4,120.00 (account closed); the money is back on your Stripe balance.',
  );
});
