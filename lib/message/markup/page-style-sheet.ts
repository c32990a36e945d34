import { createHash } from 'node:crypto';
import { light, shapes, styleSheet } from './style-sheet.ts';

/** Styles of controls, which only a page has: 44 px high and more, in colours inherited from the text around them. */
const controls: Readonly<Record<string, string>> = {
  choices: 'margin:0;padding:0;list-style:none',
  choice: 'margin:0 0 20px',
  act: 'display:block;width:100%;min-height:44px;margin:0;padding:12px 16px;border:2px solid;border-radius:8px;font:inherit;text-align:left;cursor:pointer',
  date: 'box-sizing:border-box;display:block;width:100%;max-width:260px;min-height:44px;margin:4px 0 12px;padding:8px 12px;border:1px solid;border-radius:8px;background:none;font:inherit;color-scheme:light dark',
  scope: 'display:block;font-weight:400;word-break:break-word',
};

/** The email's styles as rules: a page has its style sheet, and no styles on elements. */
export const pageStyleSheet = [
  ...[shapes, light, controls].flatMap((rules) =>
    Object.entries(rules).map(([name, rule]) => `.${name}{${rule}}`),
  ),
  'button{background:none}body{-webkit-text-size-adjust:100%}main{box-sizing:border-box;margin:0 auto}',
  styleSheet,
].join('');

/**
 * The content security policy: nothing external, no script, no frame around it, no form to elsewhere, and no style but
 * this one.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(pageStyleSheet).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
