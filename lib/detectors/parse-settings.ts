import * as z from 'zod/mini';
import { didYouMean } from '../domain/did-you-mean.ts';
import { settingMistakes } from '../domain/setting-mistakes.ts';
import { detectorIds } from './registry.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** The id of a detector of any kind; of another the mistake says which one may be meant. */
export const detectorId = z.string('Write the id of a detector.').check(
  z.refine((id) => detectorIds.includes(id), {
    error: ({ input }) =>
      `There is no such detector.${didYouMean(String(input), detectorIds)} There are: ${detectorIds.join(', ')}.`,
  }),
);

/** The knobs of `Settings`, all of which may be left out. */
export const settingsSchema = z.strictObject(
  {
    falseAlertsPer1000CustomersMonth: z._default(
      numberBetween(0.01, 100),
      defaultSettings.falseAlertsPer1000CustomersMonth,
    ),
    leastAtStakeDollars: z._default(numberBetween(0, 1_000_000), defaultSettings.leastAtStakeDollars),
    off: z._default(
      z.readonly(z.array(detectorId, 'Write a list of detector ids, such as ["currency-switch"].')),
      [],
    ),
  },
  'Write an object, such as { "leastAtStakeDollars": 20, "off": ["currency-switch"] }; {} takes the defaults.',
);

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * The operator's knobs of detection, checked; what is left out is the default.
 * @throws SettingsError with one sentence a mistake, each of which says what to write instead
 * @example parseSettings({ off: ['currency-switch'] }).leastAtStakeDollars // 5
 */
export function parseSettings(value: unknown): Settings {
  const result = settingsSchema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const names = Object.keys(settingsSchema.def.shape);
  const sentences = result.error.issues.flatMap((issue) => settingMistakes(issue, 'detection', names));
  throw new SettingsError(['The settings of detection can not be used:', ...sentences].join('\n- '));
}

/** `Settings` as JSON, as functions are given them. */
export const settingsAsJson = z.pipe(
  z.string(),
  z.transform((json) => parseSettings(JSON.parse(json))),
);

function numberBetween(low: number, high: number) {
  const error = `Write a number from ${low} to ${high}.`;
  return z.number(error).check(z.gte(low, error), z.lte(high, error));
}
