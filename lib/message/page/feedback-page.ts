import type { Alert } from '../../domain/finding/alert.ts';
import type { Answer } from '../../domain/finding/answer.ts';
import { type AlertFacts, alertFacts } from '../alert-facts.ts';
import { htmlChart } from '../chart/html-chart.ts';
import { cleanFinding } from '../clean-finding.ts';
import type { Row } from '../figure-rows.ts';
import { type Html, html } from '../markup/html.ts';
import { pageOf } from '../markup/page-of.ts';
import { capitalised } from '../text/capitalised.ts';
import { dayWords, timeWords } from '../text/time-words.ts';
import { feedbackChoices } from './feedback-choices.ts';
import { choiceForm, undoForm } from './feedback-controls.ts';
import type { FeedbackAction } from './feedback-form.ts';

export interface FeedbackView {
  readonly alert: Alert;
  readonly answer: Answer | undefined;
  /** The result of the last click, or why nothing was done. */
  readonly notice?: string;
  /** The choice of the link in the email: it is highlighted, and still waits for the click. */
  readonly chosen?: FeedbackAction;
}

const nothing = html``;

/** The page of one alert: what it says, its status, and the possible answers. Pure; making it changes nothing. */
export function feedbackPage(view: FeedbackView, nowSec: number, timeZone: string): string {
  const { alert, notice } = view;
  const finding = cleanFinding(alert.finding);
  const facts = alertFacts(finding, nowSec, timeZone);
  const mode = finding.livemode ? nothing : html` <span class="pill low">Test mode: no real money</span>`;
  const stands = standsWords(view, timeZone);
  return pageOf(
    facts.summary,
    html`<div><span class="pill ${finding.severity}">${capitalised(finding.severity)}</span>
<span class="pill low">${capitalised(finding.certainty)}</span>${mode}</div>
<h1 class="h1 ink">${facts.summary}</h1>
${notice === undefined ? nothing : html`<p class="note strong" role="status">${notice}</p>`}
<p class="note">${stands.now} ${stands.effect}</p>
<table class="table">${[...facts.figures, moneyThen(facts)].map(row)}</table>
<p class="words"><a href="${facts.link.url}" class="link target" rel="noreferrer">${facts.link.label}</a></p>
${controls(view, nowSec, timeZone)}${why(facts)}
<h2 class="h2 ink">Which alert this is</h2>
<table class="table">${facts.reference.map(row)}</table>`,
  );
}

/**
 * The money's state as in the email, but with the time that is left now: only Stripe knows what has become of it since.
 */
function moneyThen({ moneyState }: AlertFacts): Row {
  return { label: 'When it was found', value: moneyState };
}

/** The status of the alert, and what that means. */
function standsWords({ alert, answer }: FeedbackView, timeZone: string): { now: string; effect: string } {
  const finding = cleanFinding(alert.finding);
  const choice = feedbackChoices(finding).find(({ kind }) => kind === answer?.kind);
  if (answer !== undefined && choice !== undefined) {
    const { untilSec } = answer;
    const day = untilSec === null ? '' : `the end of ${dayWords(untilSec - 1, timeZone)}`;
    const label = choice.label.replace('a day', day);
    return { now: `Answered ${timeWords(answer.atSec, timeZone)}: ${label}.`, effect: choice.scope };
  }
  const { outcome } = alert;
  if (outcome?.kind === 'resolved') return { now: 'It is over.', effect: outcome.reason };
  return { now: 'Open: no one has answered yet.', effect: 'Opening this page changes nothing.' };
}

function controls({ alert, answer, chosen }: FeedbackView, nowSec: number, timeZone: string): Html {
  const seen = answer?.count ?? 0;
  const isAnswered = answer !== undefined && answer.kind !== 'none';
  const others = feedbackChoices(cleanFinding(alert.finding)).filter(
    ({ kind, daysAhead }) => kind !== answer?.kind || daysAhead !== undefined,
  );
  return html`<h2 class="h2 ink">${isAnswered ? 'Take it back, or answer otherwise' : 'What is it?'}</h2>
<p class="words ink">Nothing is changed before you press one of these.</p>
<ul class="choices">${isAnswered ? undoForm(seen) : nothing}
${others.map((choice) => choiceForm(choice, { seen, nowSec, timeZone, isChosen: choice.action === chosen }))}</ul>
`;
}

function why(facts: AlertFacts): Html {
  const { finding, certainty, boundary, history, chart } = facts;
  const past: readonly Row[] =
    history === undefined
      ? []
      : [
          { label: 'Earlier values', value: history.count },
          { label: 'From', value: history.from },
          { label: 'To', value: history.to },
        ];
  return html`<h2 class="h2 ink">Why we say so</h2>
<p class="words ink">${certainty}</p>
<p class="words ink">The rule: ${finding.rule} ${boundary ?? ''}</p>
<table class="table">${past.map(row)}</table>
${chart === undefined ? nothing : htmlChart(facts, chart)}`;
}

function row({ label, value }: Row): Html {
  return html`<tr><th scope="row" class="row gap muted">${label}</th><td class="row ink break">${value}</td></tr>
`;
}
