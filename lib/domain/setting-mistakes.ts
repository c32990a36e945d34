import { didYouMean } from './did-you-mean.ts';

/** What a schema has against a value, as zod says it. */
interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly input?: unknown;
  /** Names that the object at `path` may not have. */
  readonly keys?: readonly string[];
}

/**
 * A mistake in someone's settings in words, each of which says what to write instead.
 * @param root how the settings are called, e.g. `billingwatch`
 * @param names the settings that there are where the mistake is
 * @example settingMistakes({ path: [], message: '', keys: ['of'] }, 'detection', ['off'])[0] // 'detection.of is not a setting. Did you mean off? There are: off.'
 */
export function settingMistakes(issue: Issue, root: string, names: readonly string[]): readonly string[] {
  const name = [root, ...issue.path].join('.');
  if (issue.keys === undefined) {
    const state = issue.input === undefined ? 'missing' : JSON.stringify(issue.input);
    return [`${name} is ${state}. ${issue.message}`];
  }
  return issue.keys.map(
    (key) => `${name}.${key} is not a setting.${didYouMean(key, names)} There are: ${names.join(', ')}.`,
  );
}
