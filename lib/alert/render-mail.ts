import type { PlannedMail } from './plan-mails.ts';
import { type RenderedAlert, type RenderOptions, render } from './render.ts';
import { renderCollection } from './render-collection.ts';

export type { RenderOptions };

/** A planned email as it is sent: about one finding, or about many. Pure. */
export function renderMail(mail: PlannedMail, options: RenderOptions): RenderedAlert {
  const [first] = mail.alerts;
  return mail.kind === 'alert' && first !== undefined
    ? render(first.finding, options)
    : renderCollection(mail, options);
}
