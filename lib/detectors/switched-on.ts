import type { Settings } from './settings.ts';

/** The detectors of a table that the operator has not switched off. */
export function switchedOn<Any extends { readonly id: string }>(
  table: readonly Any[],
  { off }: Settings,
): readonly Any[] {
  return table.filter(({ id }) => !off.includes(id));
}
