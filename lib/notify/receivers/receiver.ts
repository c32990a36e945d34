import type { Mail } from '../../message/email/mail.ts';

/**
 * Whose fault it is that a message was not taken. `weather`: the service's; it passes by itself. `operator`: what a
 * person has to switch on, verify or allow. `reader`: this reader's alone, such as an address that is not verified.
 * `ours`: the message's own, such as a header that we build wrong.
 */
export type Fault = 'weather' | 'operator' | 'reader' | 'ours';

/** A message that was definitely not taken. */
export interface Refusal {
  readonly fault: Fault;
  /** What to look for in the runbook. */
  readonly code: string;
}

/** `unanswered`: it is not known whether it was taken. */
export type Answer = 'taken' | 'unanswered' | Refusal;

/** A way to reach readers. Email is the first; what the ledger records names it. */
export interface Receiver {
  readonly name: string;
  /** Sends a message to one of its readers, once. Never rejects. */
  send(mail: Mail, reader: string): Promise<Answer>;
  /** Whether the service answers at all: asked before a message is sent again that may have been taken. */
  isAnswering(): Promise<boolean>;
}
