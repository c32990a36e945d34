import * as z from 'zod/mini';
import { settingsAsJson } from '../../lib/detectors/parse-settings.ts';

export const detectorEnv = z.object({
  TABLE_NAME: z.string().check(z.minLength(1)),
  ALERTS_QUEUE_URL: z.url(),
  /** After so many tries SQS gives an event to the dead letters. */
  MAX_RECEIVE_COUNT: z.coerce.number().check(z.int(), z.gte(1)),
  SETTINGS: settingsAsJson,
});
