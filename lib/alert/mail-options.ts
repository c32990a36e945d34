import type { RenderOptions } from './render.ts';

/** What emails about several findings say beside that. */
export interface MailOptions extends RenderOptions {
  /** Whole hours of the day at which digests are sent, in `timeZone`. */
  readonly digestHours: readonly number[];
  /** Addresses of those who keep the lists of readers. */
  readonly platform: readonly string[];
}
