import { daySec } from '../../domain/time.ts';
import { type Html, html } from '../markup/html.ts';
import { localDay } from '../text/local-day.ts';
import type { FeedbackChoice } from './feedback-choices.ts';
import { maxDaysAhead } from './feedback-form.ts';

interface FormContext {
  /** The number of answers so far: a form is valid for the next one only. */
  readonly seen: number;
  readonly nowSec: number;
  readonly timeZone: string;
  readonly isChosen: boolean;
}

/** A form with one button that names its effect, and a date field where one is needed. It posts to its own page. */
export function choiceForm(choice: FeedbackChoice, { seen, nowSec, timeZone, isChosen }: FormContext): Html {
  const { action, label, scope, daysAhead } = choice;
  const focus = isChosen ? html` autofocus` : html``;
  const dayIn = (days: number): string => localDay(nowSec + days * daySec, timeZone);
  const day =
    daysAhead === undefined
      ? html``
      : html`<label for="${action}-until" class="strong ink">${label.replace(' a day', '')} the end of</label>
<input type="date" id="${action}-until" name="until" class="date ink" required value="${dayIn(daysAhead)}"
 min="${dayIn(0)}" max="${dayIn(maxDaysAhead)}">`;
  return html`<li><form method="post" class="choice">${hidden(action, seen)}${day}
<button type="submit" class="act link${isChosen ? ' band' : ''}"${focus}><span class="strong">${label.replace('a day', 'that day')}</span>
<span class="scope ink">${scope}</span></button></form></li>
`;
}

export function undoForm(seen: number): Html {
  return html`<li><form method="post" class="choice">${hidden('undo', seen)}
<button type="submit" class="act link"><span class="strong">Undo</span>
<span class="scope ink">As if no one had answered: what is usual is as it was before, and emails come again. What was kept
quiet meanwhile is not mailed afterwards.</span></button></form></li>
`;
}

function hidden(action: string, seen: number): Html {
  return html`<input type="hidden" name="action" value="${action}"><input type="hidden" name="seen" value="${seen}">`;
}
