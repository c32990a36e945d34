import type { RenderedAlert } from './render.ts';

export interface Mail extends RenderedAlert {
  readonly to: readonly string[];
  /** Tags for the sender's statistics; letters, digits, `-` and `_` only. */
  readonly tags: Readonly<Record<string, string>>;
  readonly writtenAtSec: number;
  /** Ids of the alerts that it reports. */
  readonly alertIds: readonly string[];
}

export interface Mailer {
  /**
   * Sends a mail. Resolves to the provider's id of the mail once the provider has it. Rejects when it was not accepted,
   * or this is unknown: sending it again is then right, and at worst a repeat.
   */
  send(mail: Mail): Promise<string>;
}
