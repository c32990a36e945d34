import { feedbackLinks, linksLiveSec } from '../../../../lib/feedback/feedback-links.ts';
import { openToken } from '../../../../lib/feedback/feedback-token.ts';
import { render } from '../../../../lib/message/email/render.ts';
import { renderMail } from '../../../../lib/message/email/render-mail.ts';
import { feedbackPage } from '../../../../lib/message/page/feedback-page.ts';
import { draftSpike, nowSec, options, usageSpike } from '../sample-findings.ts';

const key = 'k'.repeat(64);
const feedbackUrl = feedbackLinks([key, 'o'.repeat(64)], 'https://feedback.example/alerts', nowSec);
const hrefs = (html: string) =>
  [...html.matchAll(/href="(https:\/\/feedback[^"]*)"/g)].map(([, url = '']) => url);
const actions = ['expected', 'error', 'planned', 'snooze'];

it('gives four links to the page of the alert, the same in the text and in the HTML', () => {
  const { html, text } = render(draftSpike, { ...options, feedbackUrl });
  const url = feedbackUrl?.(draftSpike) ?? '';
  const links = actions.map((action) => `${url}?action=${action}`);
  expect(hrefs(html)).toEqual(links);
  for (const link of links) expect(text).toContain(`\n${link}\n`);
  expect(text).toContain('Expected, new normal: ');
});

it('signs each with the first key, for its alert alone, for 30 days', () => {
  const token = new URL(feedbackUrl?.(draftSpike) ?? '').pathname.slice('/alerts/'.length);
  const { account, livemode, id } = draftSpike;
  const claims = { account, livemode, id, expiresAtSec: nowSec + linksLiveSec };
  expect(openToken(token, [key], nowSec)).toEqual(claims);
  expect(openToken(token, ['o'.repeat(64)], nowSec)).toBeUndefined();
  expect(openToken(token, [key], nowSec + linksLiveSec)).toBeUndefined();
});

it('gives each alert of a collection its own link', () => {
  const alerts = [draftSpike, { ...usageSpike, id: 'another' }].map((finding) => {
    return { finding, filedAtSec: nowSec, mailedAtSec: null, outcome: null };
  });
  const mail = { kind: 'digest', to: [], alerts, topic: 'digest' } as const;
  const links = hrefs(
    renderMail(mail, { ...options, digestHours: [9], platform: ['ops@acme.example'], feedbackUrl }).html,
  );
  expect(links).toEqual(alerts.map(({ finding }) => feedbackUrl?.(finding)));
});

it('says nothing of links where there are none', () => {
  expect(feedbackLinks([], 'https://feedback.example/alerts', nowSec)).toBeUndefined();
  const { html, text } = render(draftSpike, options);
  for (const part of [html, text]) expect(part).not.toMatch(/answer this alert/i);
});

it('hides nothing in the name of a cause, which a merchant may choose', () => {
  const finding = { ...usageSpike, cause: 'price:gold\u202e\u200b https://evil.example/x' };
  const alert = { finding, filedAtSec: nowSec, mailedAtSec: null, outcome: null };
  const { text, html } = render(finding, { ...options, feedbackUrl });
  for (const part of [text, html, feedbackPage({ alert, answer: undefined }, nowSec, 'UTC')]) {
    expect(part).toContain('price:gold https[:]//evil[.]example/x');
    expect(part).not.toMatch(/[\u202e\u200b]|evil\.example/);
  }
});
