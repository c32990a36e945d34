import type { Mail } from '../../lib/message/email/mail.ts';
import { mimeMessage } from '../../lib/message/email/mime-message.ts';

const headerNames =
  /^(From|To|Subject|Message-ID|References|In-Reply-To|Auto-Submitted|Date|MIME-Version|Content-Type|Content-Transfer-Encoding|List-Unsubscribe):/i;

/** As `Intl` writes what is none; a customer may be called NaN. */
const noNumber = /[$€¥£\u00a0]-?NaN|NaN[,.%]\d|[∞]|Infinity|undefined|Invalid Date/;

/**
 * What of an email a caller has got hold of: its subject, its head, its markup, its recipients.
 * @param number every tenth is made as the bytes that go out
 */
export async function wrongInMail(mail: Mail, number: number): Promise<readonly string[]> {
  const { subject, html, text, to } = mail;
  const wrong: string[] = [];
  if (/\p{Cc}/u.test(subject)) wrong.push(`a control character in a subject: ${JSON.stringify(subject)}`);
  if (/<script|<i>|<img src=x/i.test(html)) wrong.push('markup in the HTML');
  const odd = text.split('\n').find((line) => noNumber.test(line));
  if (odd !== undefined) wrong.push(`no number in: ${odd}`);
  if (String(to) !== 'finance@acme.example') wrong.push(`sent to ${to}`);
  if (number % 10 === 0) {
    const raw = (await mimeMessage(mail, 'billingwatch@acme.example')).toString('utf8');
    const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
    wrong.push(
      ...head
        .split('\r\n')
        .filter((line) => !headerNames.test(line))
        .map((line) => `header: ${line}`),
    );
  }
  return wrong;
}
