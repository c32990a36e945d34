import type { Observation } from './series.ts';

/** Whether an observation says what is usual: not when it is void, nor when a person called it an error. */
export function isCountable({ voided, verdict }: Observation): boolean {
  return !voided && verdict !== 'error';
}
