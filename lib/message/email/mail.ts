import type { RenderedAlert } from './render.ts';

/** A message as it goes to each of its readers. */
export interface Mail extends RenderedAlert {
  /** All its readers; each gets an email of their own, in which all are named. */
  readonly to: readonly string[];
  /** Tags for the sender's statistics; letters, digits, `-` and `_` only. */
  readonly tags: Readonly<Record<string, string>>;
  readonly writtenAtSec: number;
  /** Ids of the alerts that it reports. */
  readonly alertIds: readonly string[];
}
