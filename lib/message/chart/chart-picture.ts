import type { AlertFacts } from '../alert-facts.ts';
import { differenceWords } from '../difference-words.ts';
import { expectedName, rangeWords } from '../expected-words.ts';
import { type Html, html } from '../markup/html.ts';
import { measureWords } from '../measure-words.ts';
import { capitalised } from '../text/capitalised.ts';

/** The chart in the mail under this content id; the alternative text has the same numbers. */
export function chartPicture(facts: AlertFacts, cid: string): Html {
  const what = capitalised(facts.finding.measure.what);
  return html`<p class="caption ink">${what}</p>
<img src="cid:${cid}" width="536" class="picture" alt="${`${what}: ${chartWords(facts)}`}">
`;
}

function chartWords({ finding, history }: AlertFacts): string {
  const { actual, measure } = finding;
  const earlier = history && ` Earlier values: ${history.count}, from ${history.from} to ${history.to}.`;
  return `this one is ${measureWords(actual, measure)}, ${differenceWords(finding)}. ${expectedName(finding)}: ${rangeWords(finding)}.${earlier ?? ''}`;
}
