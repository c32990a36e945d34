import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A number that a rule depends on, as the source has it. */
export interface Knob {
  readonly name: string;
  readonly value: string;
  /** The comment behind it: its unit, and why. */
  readonly meaning: string;
}

const name = String.raw`^(?:(?:export )?const | {2})(?<name>\w+) ?[=:] `;
const value = String.raw`(?<value>(?:[\d_.* ]|(?:minute|hour|day|week)Sec)+)[;,]`;
/** `const sigmas = 4; // robust ...`, a line of `const knobs = {` like it, or a constant under a doc comment of its own. */
const knobShapes = [
  new RegExp(String.raw`${name}${value} +\/\/ +(?<meaning>.+)$`, 'gm'),
  new RegExp(String.raw`^\/\*\*(?<meaning>(?:(?!\*\/)[^])+)\*\/\n${name.slice(1)}${value}$`, 'gm'),
];

/** The knobs of a source file, in its order. @example readKnobs('const warmUp = 5; // observations')[0]?.value // '5' */
export function readKnobs(source: string): readonly Knob[] {
  return knobShapes
    .flatMap((shape) => [...source.matchAll(shape)])
    .sort((a, b) => a.index - b.index)
    .map(({ groups }) => ({
      name: groups?.name ?? '',
      value: valueWords(groups?.value ?? ''),
      meaning: (groups?.meaning ?? '').replace(/\n? +\*? ?/g, ' ').trim(),
    }));
}

/** @example valueWords('30 * daySec') // '30 days' */
function valueWords(value: string): string {
  return value
    .replace(/(?:(\d+) \* )?(minute|hour|day|week)Sec/g, (_, count = '1', unit) =>
      count === '1' ? `1 ${unit}` : `${count} ${unit}s`,
    )
    .replaceAll('_', ',')
    .replaceAll('*', '×');
}

const importShape = /^(?:import|export)\b(?! type)[^'"]*?from '(\.[^']+)'/gms;

/**
 * The files that a source file is built on, direct and indirect, without itself.
 * @param stopAt files that are not entered
 */
export function filesUnder(file: string, stopAt: ReadonlySet<string>, seen = new Set<string>()): Set<string> {
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(importShape)) {
    const imported = join(dirname(file), path);
    if (seen.has(imported) || stopAt.has(imported)) continue;
    seen.add(imported);
    filesUnder(imported, stopAt, seen);
  }
  return seen;
}
