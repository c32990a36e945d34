import { type AxeResults, source as axeSource } from 'axe-core';
import { JSDOM } from 'jsdom';
import { type BuiltMessage, builtMail, builtReport } from './built-message.ts';
import { contrast } from './contrast.ts';
import { collections, mailOptions, planned } from './sample-collections.ts';
import { brokenSum, cardTesting, draftSpike, usageSpike } from './sample-findings.ts';
import { quietWeek, reports } from './sample-reports.ts';

const { priceGroup, mixedDigest, storm } = collections;
const nearby = ['The last invoice had a discount of 20.0%, this one has none.'];
const feedbackUrl = ({ id }: { readonly id: string }) => `https://feedback.example/alerts/${id}`;
const withPicture = { ...mailOptions, feedbackUrl, chart: Uint8Array.of(0x89) };
const planneds = Object.entries({
  'a draft far above the usual': planned('alert', [{ ...draftSpike, nearby }], ''),
  'a broken sum in test mode': planned('alert', [brokenSum], ''),
  'usage of a meter': planned(
    'alert',
    [{ ...usageSpike, cause: 'meter:price_d8mfEQpHHKqSpUKjV5OiC69S' }],
    '',
  ),
  'the whole account': planned('alert', [cardTesting], ''),
  'one price': priceGroup,
  'a digest': mixedDigest,
  'a storm': storm,
});
const messages: [string, () => Promise<BuiltMessage>][] = [
  ...planneds.map(([name, mail]): (typeof messages)[number] => [name, () => builtMail(mail, withPicture)]),
  ...Object.entries({ ...reports, 'a quiet week': quietWeek }).map(
    ([name, report]): (typeof messages)[number] => [name, () => builtReport(report)],
  ),
];

/** In WCAG's levels A and AA and axe's own good practice; colours have a test of their own, as nothing is drawn here. */
const run = 'axe.run({ rules: { "color-contrast": { enabled: false } } })';

describe.each(messages)('the email about %s', (_name, built) => {
  it('gives axe nothing to object to', async () => {
    const { html } = await built();
    const { window } = new JSDOM(html, { runScripts: 'outside-only' });
    window.eval(axeSource);
    const { violations, passes } = (await window.eval(run)) as AxeResults;
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([]);
    expect(passes.length).toBeGreaterThan(12);
    window.close();
  });

  it('can be read in light and in dark: each text has at least 4.5:1 on what is behind it', async () => {
    const { html } = await built();
    const { document } = new JSDOM(html).window;
    const dark = darkRules(html);
    const texts = [...document.body.querySelectorAll('*')].filter(({ childNodes }) =>
      [...childNodes].some(({ nodeType, nodeValue }) => nodeType === 3 && nodeValue?.trim()),
    );
    expect(texts.length).toBeGreaterThan(8);
    const weak = texts.flatMap((text) => [
      [weakness(text, (element) => element.getAttribute('style') ?? '')],
      [weakness(text, (element) => [...element.classList].map((name) => dark.get(name) ?? '').join(';'))],
    ]);
    expect(weak.flat().filter((words) => words !== '')).toEqual([]);
  });

  it('fits a phone: a word longer than half of its width may be broken', async () => {
    const { html } = await built();
    const { document } = new JSDOM(html).window;
    const long = [...document.body.querySelectorAll('*')].flatMap((element) =>
      [...element.childNodes].flatMap(({ nodeType, nodeValue }) => {
        const isLong = nodeType === 3 && /\S{20}/.test(nodeValue ?? '');
        return isLong && element.closest('[style*="word-break:break-word"]') === null ? [nodeValue] : [];
      }),
    );
    expect(long).toEqual([]);
  });
});

/** By class, what the style sheet says of it for dark screens. */
function darkRules(html: string): ReadonlyMap<string, string> {
  const [, sheet = ''] = /prefers-color-scheme:dark\)\{(.*?)\}\}?<\/style>/.exec(html) ?? [];
  return new Map([...sheet.matchAll(/\.(\w+)\{([^}]*)/g)].map(([, name = '', rule = '']) => [name, rule]));
}

/** Empty when it can be read. */
function weakness(text: Element, styleOf: (element: Element) => string): string {
  const ink = nearest(text, styleOf, /(?:^|;)color:(#\w{6})/g);
  const ground = nearest(text, styleOf, /(?:^|;)background:(#\w{6})/g);
  return contrast(ink, ground) >= 4.5 ? '' : `${ink} on ${ground}: ${text.textContent}`;
}

/** What the nearest element around a text says last: a later class wins over an earlier one. */
function nearest(element: Element | null, styleOf: (element: Element) => string, what: RegExp): string {
  if (element === null) return '';
  const [, value] = [...styleOf(element).matchAll(what)].at(-1) ?? [];
  return value ?? nearest(element.parentElement, styleOf, what);
}
