import * as z from 'zod/mini';
import { settingsAsJson } from '../../lib/detectors/parse-settings.ts';

export const detectorEnv = z.object({
  TABLE_NAME: z.string().check(z.minLength(1)),
  ALERTS_QUEUE_URL: z.url(),
  /** The queue that its events come from. */
  EVENTS_QUEUE_URL: z.url(),
  /** Events that can't be processed, whole. */
  EVENTS_DEAD_LETTERS_URL: z.url(),
  SETTINGS: settingsAsJson,
});
