import type { Refusal } from '../receivers/receiver.ts';

/**
 * A message was not taken; it waits for the next run. The error's name is the refusal's code: logs hold names alone, and
 * the runbook says what to do about each.
 */
export class NotTakenError extends Error {
  constructor({ fault, code }: Refusal) {
    super(`A message was not taken (${fault}: ${code}). It waits for the next run.`);
    this.name = code;
  }
}
