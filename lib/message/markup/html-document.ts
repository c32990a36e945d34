import { type Html, html, htmlText } from './html.ts';
import { styleSheet, withInlineStyles } from './style-sheet.ts';

/**
 * An email as one HTML document, one column of a card and a footer. It loads nothing external, and supports dark mode.
 */
export function htmlDocument(title: string, card: Html, footer: Html): string {
  const document = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${title}</title><style>${styleSheet}</style></head>
<body class="page"><div role="main"><table role="presentation" width="100%" class="page" cellspacing="0" cellpadding="0"><tr>
<td align="center" class="edge"><table role="presentation" width="600" class="column" cellspacing="0" cellpadding="0">
<tr><td class="card pad">
${card}
</td></tr><tr><td class="footer muted">
${footer}
</td></tr></table></td></tr></table></div></body></html>
`;
  return withInlineStyles(inNewWindow(htmlText(document)));
}

/**
 * Opens each link in a window of its own. A mail program that shows the email in a frame would open it
 * there, and neither Stripe’s pages nor ours may be framed.
 */
function inNewWindow(markup: string): string {
  return markup.replaceAll('<a href=', '<a target="_blank" rel="noopener" href=');
}
