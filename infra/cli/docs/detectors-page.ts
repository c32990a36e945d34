import { readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { AnyDetector } from '../../../lib/detectors/registry.ts';
import { casesIn } from './detector-cases.ts';
import { detectorFile } from './detector-file.ts';
import { detectorSection, knobTable } from './detector-section.ts';
import { filesUnder, readKnobs } from './read-knobs.ts';

const root = join(__dirname, '../../..');

const introduction = `<!-- Made by "npm run docs" from lib/detectors: change the code, never this page. -->

# The detectors

A finding is **proven** (it follows from the facts alone), a **contradiction** (the bill and its subscription disagree,
which may be meant) or **unusual** (judged by the customer's or the account's own history). Every number below is read from the source, every alert is what the code says of its first example, and every case is run by
the tests. Amounts in dollars hold for any currency: they are turned into about as much of it.

An operator can set how rare false alerts must be, how much must be at stake and which detectors are off: see
[settings.ts](../lib/detectors/settings.ts).`;

/**
 * The text of docs/detectors.md: a section a detector, then the knobs that several of them share.
 * @param detectors in the order of the page
 */
export async function detectorsPage(detectors: readonly AnyDetector[]): Promise<string> {
  const files = detectors.map(({ id }) => detectorFile(id));
  const stopAt = new Set([
    ...files,
    ...['example-events', 'example-past'].map(detectorFile),
    join(root, 'lib/domain/time.ts'), // units, no knobs
  ]);
  const shared = new Set<string>();
  const sections: string[] = [];
  for (const [index, detector] of detectors.entries()) {
    const file = files[index] ?? '';
    const cases = await casesIn(file, detector);
    const under = [...filesUnder(file, stopAt)].filter((path) => knobsOf(path).length > 0).sort();
    for (const path of under) shared.add(path);
    const sharedKnobs = under.map((path) => basename(path, '.ts'));
    sections.push(
      detectorSection({
        detector,
        source: relative(root, file),
        ...cases,
        knobs: knobsOf(file),
        sharedKnobs,
      }),
    );
  }
  const parts = [introduction, contents(detectors), ...sections, ...sharedSections([...shared].sort())];
  return `${parts.join('\n\n')}\n`;
}

function knobsOf(file: string) {
  return readKnobs(readFileSync(file, 'utf8'));
}

function contents(detectors: readonly AnyDetector[]): string {
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
