import type { MailOptions } from '../mail-options.ts';
import type { PlannedMail } from '../planned-mail.ts';
import { type RenderedAlert, render } from './render.ts';
import { renderCollection } from './render-collection.ts';

export type { MailOptions };

/** Renders a planned email: about one finding, or about many. Pure. */
export function renderMail(mail: PlannedMail, options: MailOptions): RenderedAlert {
  const [first, ...others] = mail.alerts;
  return mail.kind !== 'digest' && first !== undefined && others.length === 0
    ? render(first.finding, options)
    : renderCollection(mail, options);
}
