import { type Html, html, htmlText } from './html.ts';
import { contentSecurityPolicy, pageStyleSheet } from './page-style-sheet.ts';

/** A whole page for a browser, on the email's card: no script, nothing external; it supports phones and dark mode. */
export function pageOf(title: string, content: Html): string {
  const before = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
<title>${title}</title><style>`;
  const after = html`</style></head>
<body class="page"><div class="edge"><main class="column card pad">
${content}
</main></div></body></html>
`;
  return `${htmlText(before)}${pageStyleSheet}${htmlText(after)}`; // the style sheet as it is: its hash is in the policy
}

/** Headers of every page: it is not cached, indexed or framed, and no page that it links to learns its address. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': contentSecurityPolicy,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
};
