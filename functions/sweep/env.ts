import * as z from 'zod/mini';
import { settingsAsJson } from '../../lib/detectors/parse-settings.ts';

export const sweepEnv = z.object({
  TABLE_NAME: z.string().check(z.minLength(1)),
  ALERTS_QUEUE_URL: z.url(),
  SETTINGS: settingsAsJson,
});
