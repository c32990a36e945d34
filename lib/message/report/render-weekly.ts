import type { Certificate } from '../../domain/account/certificate.ts';
import type { AccountKey } from '../../domain/events/billing-event.ts';
import type { RenderedAlert } from '../email/render.ts';
import { unsubscribe } from '../email/render-collection.ts';
import { sharedThread } from '../email/threads.ts';
import type { MailOptions } from '../mail-options.ts';
import { reportHtml } from './report-html.ts';
import { reportText } from './report-text.ts';
import { weeklyFacts } from './weekly-facts.ts';
import type { WeeklyFigures } from './weekly-figures.ts';

/** Renders the weekly report as an email. Pure. @param key of the account */
export function renderWeekly(
  key: AccountKey,
  figures: WeeklyFigures,
  certificate: Certificate,
  options: MailOptions,
): RenderedAlert {
  const { nowSec, mailDomain, platform } = options;
  const facts = weeklyFacts(key, figures, certificate, options);
  return {
    subject: facts.subject,
    text: reportText(facts),
    html: reportHtml(facts),
    headers: {
      'Message-ID': `<weekly-${key.account}${nowSec}@${mailDomain}>`,
      References: sharedThread(key, 'weekly report', mailDomain),
      'Auto-Submitted': 'auto-generated',
      'List-Unsubscribe': unsubscribe(platform, 'reports'),
    },
  };
}
