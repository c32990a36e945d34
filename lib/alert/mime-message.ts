import MailComposer from 'nodemailer/lib/mail-composer';
import type { Mail } from './mailer.ts';

/** The whole message as it goes over the wire: headers, the plain text and the HTML as alternatives. */
export function mimeMessage(mail: Mail, from: string): Promise<Buffer> {
  const { to, subject, text, html, headers, writtenAtSec } = mail;
  const message = new MailComposer({
    from: { name: 'BillingWatch', address: from },
    to: [...to],
    subject,
    text,
    html,
    headers: { ...headers },
    date: new Date(writtenAtSec * 1000),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return message.compile().build();
}
