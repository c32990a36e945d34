import type { MoneyState } from './money-state.ts';

/** What the reader does next: in any case, or by the state of the money. */
export type NextStep = string | Readonly<Partial<Record<MoneyState['state'], string>>>;

/** @example stepsFor('paid', ['Open it.', { draft: 'Edit it.', paid: 'Refund it.' }]) // ['Open it.', 'Refund it.'] */
export function stepsFor(state: MoneyState['state'], steps: readonly NextStep[]): readonly string[] {
  return steps.flatMap((step) => (typeof step === 'string' ? step : (step[state] ?? [])));
}
