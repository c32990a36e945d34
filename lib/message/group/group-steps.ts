import type { Finding } from '../../domain/finding/finding.ts';
import { capitalised } from '../text/capitalised.ts';

/**
 * Next steps for findings of one cause: each step once; those that fit one state of the money with its name.
 * For example, `groupSteps(findings)` is ['Open the invoice ...', 'Draft: Turn off ...', 'Paid: Issue a credit note ...'].
 */
export function groupSteps(findings: readonly Finding[]): readonly string[] {
  const byState = [...Map.groupBy(findings, ({ money }) => money.state)].map(([state, some]) => ({
    state,
    steps: some[0]?.nextSteps ?? [],
  }));
  const isCommon = (step: string): boolean => byState.every(({ steps }) => steps.includes(step));
  const said = byState.flatMap(({ state, steps }) =>
    steps.map((step) => (isCommon(step) ? step : `${capitalised(state)}: ${step}`)),
  );
  return [...new Set(said)];
}
