import MailComposer from 'nodemailer/lib/mail-composer';
import type { Mail } from './mail.ts';

/** The whole message as it goes over the wire: headers, and as alternatives the plain text and the HTML with images. */
export function mimeMessage(mail: Mail, from: string): Promise<Buffer> {
  const { to, subject, text, html, headers, images = [], writtenAtSec } = mail;
  const message = new MailComposer({
    from: { name: 'BillingWatch', address: from },
    to: [...to],
    subject,
    text,
    html,
    headers: { ...headers },
    attachments: images.map(({ cid, name, png }) => ({
      cid,
      filename: name,
      content: Buffer.from(png),
      contentType: 'image/png',
      contentDisposition: 'inline' as const,
    })),
    date: new Date(writtenAtSec * 1000),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return message.compile().build();
}
