import { type ParsedMail, simpleParser } from 'mailparser';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { mimeMessage } from '../../../lib/message/email/mime-message.ts';
import { type RenderedAlert, render } from '../../../lib/message/email/render.ts';
import { type MailOptions, renderMail } from '../../../lib/message/email/render-mail.ts';
import type { RenderOptions } from '../../../lib/message/mail-options.ts';
import type { PlannedMail } from '../../../lib/message/planned-mail.ts';
import { mailOptions } from './sample-collections.ts';
import { options } from './sample-findings.ts';

export interface BuiltMessage {
  readonly raw: string;
  readonly mail: ParsedMail;
  readonly text: string;
  readonly html: string;
}

/** The finding as the bytes that go to SES, read back by a MIME parser that is not ours. */
export function builtMessage(finding: Finding, at: RenderOptions = options): Promise<BuiltMessage> {
  return built(render(finding, at), at.nowSec);
}

/** The same of an email that was planned. */
export function builtMail(mail: PlannedMail, at: MailOptions = mailOptions): Promise<BuiltMessage> {
  return built(renderMail(mail, at), at.nowSec);
}

/** The same of a report. */
export function builtReport(rendered: RenderedAlert): Promise<BuiltMessage> {
  return built(rendered, mailOptions.nowSec);
}

async function built(rendered: RenderedAlert, writtenAtSec: number): Promise<BuiltMessage> {
  const mail = { ...rendered, to: ['ann@acme.example'], tags: {}, writtenAtSec, alertIds: [] };
  const bytes = await mimeMessage(mail, 'billingwatch@acme.example');
  const parsed = await simpleParser(bytes, { keepCidLinks: true });
  return {
    raw: bytes.toString('utf8'),
    mail: parsed,
    text: parsed.text ?? '',
    html: parsed.html || '',
  };
}
