import { type ParsedMail, simpleParser } from 'mailparser';
import { mimeMessage } from '../../../lib/alert/mime-message.ts';
import { type RenderOptions, render } from '../../../lib/alert/render.ts';
import type { Finding } from '../../../lib/domain/finding.ts';
import { options } from './sample-findings.ts';

export interface BuiltMessage {
  readonly raw: string;
  readonly mail: ParsedMail;
  readonly text: string;
  readonly html: string;
}

/** The finding as the bytes that go to SES, read back by a MIME parser that is not ours. */
export async function builtMessage(finding: Finding, at: RenderOptions = options): Promise<BuiltMessage> {
  const alert = render(finding, at);
  const mail = {
    ...alert,
    to: ['ann@acme.example'],
    tags: {},
    writtenAtSec: at.nowSec,
    alertIds: [finding.id],
  };
  const bytes = await mimeMessage(mail, 'billingwatch@acme.example');
  const parsed = await simpleParser(bytes, { keepCidLinks: true });
  return {
    raw: bytes.toString('utf8'),
    mail: parsed,
    text: parsed.text ?? '',
    html: parsed.html || '',
  };
}
