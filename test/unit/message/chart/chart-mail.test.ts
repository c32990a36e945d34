import { chartDrawer } from '../../../../lib/message/chart/chart-drawer.ts';
import { builtMessage } from '../built-message.ts';
import { chartFiles } from '../chart-files.ts';
import { draftSpike, options, usageSpike, yenCharge } from '../sample-findings.ts';

const fail = (error: unknown): never => {
  throw error;
};
const withChart = async (finding: typeof draftSpike) => {
  const chart = await chartDrawer(chartFiles, fail)(finding, options.timeZone);
  return builtMessage(finding, { ...options, ...(chart && { chart }) });
};
const cidsIn = (html: string): readonly string[] =>
  [...html.matchAll(/cid:([^"]*)"/g)].map(([, cid = '']) => cid);

describe.each([
  ['money', draftSpike],
  ['money without decimals', yenCharge],
  ['usage', usageSpike],
])('the mail with a chart of %s', (_name, finding) => {
  it('carries it once, as an inline PNG that the HTML shows once', async () => {
    const { mail, html } = await withChart(finding);
    expect(mail.attachments).toHaveLength(1);
    const [picture] = mail.attachments;
    expect(picture).toMatchObject({ contentType: 'image/png', contentDisposition: 'inline', related: true });
    expect(picture?.size).toBeLessThanOrEqual(40_000);
    expect(cidsIn(html)).toEqual([picture?.cid]);
    expect(html.match(/<img\b/g)).toHaveLength(1);
  });

  it('loads nothing from elsewhere, and its HTML stays small', async () => {
    const { html } = await withChart(finding);
    expect(html.match(/src="(?!cid:)|url\(|@import/)).toBeNull();
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
  });

  it('says all else that the mail without it says', async () => {
    const [shown, without] = [await withChart(finding), await builtMessage(finding)];
    expect(shown.html.replace(/<p class="caption ink"[^>]*>[^<]*<\/p>\s*<img[^>]*>\s*/, '')).toBe(
      without.html,
    );
    expect(shown.text).toBe(without.text);
    expect(without.html).toContain('class="bar flagged"');
    expect(without.mail.attachments).toEqual([]);
  });
});

it('gives the finding in numbers to readers who do not see the picture', async () => {
  const { html } = await withChart(draftSpike);
  expect(html).toContain(
    'alt="Amount due on an invoice: this one is $4,120.00, $3,710.00 more than the usual $410.00 (+905%). Usual so far: $389.00 to $421.00. Earlier values: 12, from 28 Nov 2025 to 24 Oct 2026."',
  );
});
