import { readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Detector } from '../../lib/detectors/define.ts';
import type { RenewalDetector, RenewalExamples } from '../../lib/detectors/define-renewal.ts';
import type { Examples } from '../../lib/detectors/example-events.ts';
import { emptyAccountState } from '../../lib/domain/account-state.ts';
import type { BillingEvent } from '../../lib/domain/billing-event.ts';
import { type CustomerRecord, emptyRecord } from '../../lib/domain/customer-record.ts';
import { hourOf } from '../../lib/domain/hour-counts.ts';
import { learn } from '../../lib/domain/learn.ts';
import { renewalsDue } from '../../lib/domain/renewals-due.ts';
import { type DetectorSources, detectorSection, knobTable } from './detector-section.ts';
import { filesUnder, readKnobs } from './read-knobs.ts';

const root = join(__dirname, '../..');
const folder = join(root, 'lib/detectors');

const introduction = `<!-- Made by "npm run docs" from lib/detectors: change the code, never this page. -->

# The detectors

A finding is **proven** (it follows from the facts alone) or **unusual** (judged by the customer's own history). Every
number below is read from the source, every alert is what the code says of its first example, and every case is run by
the tests. Amounts in dollars hold for any currency: they are turned into about as much of it.

An operator can set how rare false alerts must be, how much must be at stake and which detectors are off: see
[settings.ts](../lib/detectors/settings.ts).`;

/**
 * The text of docs/detectors.md: a section a detector, then the knobs that several of them share.
 * @param ofEvents the table of them, in the order of the page
 * @param ofRenewals comes after them
 */
export async function detectorsPage(
  ofEvents: readonly Detector[],
  ofRenewals: RenewalDetector,
): Promise<string> {
  const detectors = [...ofEvents, ofRenewals];
  const files = detectors.map(({ id }) => join(folder, `${id}.ts`));
  const stopAt = new Set([...files, join(folder, 'example-events.ts')]);
  const shared = new Set<string>();
  const sections: string[] = [];
  for (const [index, detector] of detectors.entries()) {
    const file = files[index] ?? '';
    const cases = await casesIn(file, detector);
    const under = [...filesUnder(file, stopAt)].filter((path) => knobsOf(path).length > 0).sort();
    for (const path of under) shared.add(path);
    const sharedKnobs = under.map((path) => basename(path, '.ts'));
    sections.push(detectorSection({ detector, ...cases, knobs: knobsOf(file), sharedKnobs }));
  }
  const parts = [introduction, contents(detectors), ...sections, ...sharedSections([...shared].sort())];
  return `${parts.join('\n\n')}\n`;
}

type Cases = Pick<DetectorSources, 'looksAt' | 'judgement' | 'fires' | 'quiet'>;

/** What a detector's own examples show of it. */
async function casesIn(file: string, detector: Detector | RenewalDetector): Promise<Cases> {
  if ('on' in detector) {
    const { fires, quiet } = ((await import(file)) as { examples: Examples }).examples();
    const looksAt = detector.on.map((kind) => `\`${kind}\``).join(', ');
    const judgement = fires.flatMap(({ event, history }) => detector.judge(event, recordAfter(history)))[0];
    return { looksAt, judgement, fires: fires.map(nameOf), quiet: quiet.map(nameOf) };
  }
  const { fires, quiet } = ((await import(file)) as { examples: RenewalExamples }).examples();
  const looksAt = `each renewal ${detector.graceHours} hours after it was due`;
  const judgement = fires.flatMap(({ history }) =>
    history
      .flatMap(renewalsDue)
      .flatMap(
        (due) => detector.judge(hourOf(due.dueSec), [{ due, record: recordAfter(history) }], noPast).alone,
      ),
  )[0]?.judgement;
  return { looksAt, judgement, fires: fires.map(nameOf), quiet: quiet.map(nameOf) };
}

const noPast = { ...emptyAccountState, nowSec: 0, firstHour: 0, fresh: [], overdueInSilence: [] };

function recordAfter(history: readonly BillingEvent[]): CustomerRecord {
  return history.reduce((record, event) => learn(event, record).record, emptyRecord);
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

function knobsOf(file: string) {
  return readKnobs(readFileSync(file, 'utf8'));
}

function contents(detectors: readonly (Detector | RenewalDetector)[]): string {
  const rows = detectors.map(
    ({ id, question, certainty }) => `| [\`${id}\`](#${id}) | ${question} | ${certainty} |`,
  );
  return ['| detector | question | certainty |', '|---|---|---|', ...rows].join('\n');
}

function sharedSections(files: readonly string[]): readonly string[] {
  const sections = files.map((file) => {
    const path = relative(root, file);
    return `### ${basename(file, '.ts')}\n\nSource: [\`${path}\`](../${path})\n\n${knobTable(knobsOf(file))}`;
  });
  return ['## Shared knobs', ...sections];
}
