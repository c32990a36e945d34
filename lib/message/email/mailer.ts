import type { RenderedAlert } from './render.ts';

export interface Mail extends RenderedAlert {
  readonly to: readonly string[];
  /** For the sender's statistics; letters, digits, `-` and `_` only. */
  readonly tags: Readonly<Record<string, string>>;
  readonly writtenAtSec: number;
  /** Of what it tells. */
  readonly alertIds: readonly string[];
}

export interface Mailer {
  /**
   * Resolves to the provider's id of the mail once the provider has it.
   * Rejects when it was not taken, or nobody knows: sending it again is then right, and at worst a repeat.
   */
  send(mail: Mail): Promise<string>;
}
