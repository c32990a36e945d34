import type { ResolvedAlert, ResolvedAlerts } from '../message/report/render-resolved.ts';
import type { MailingRules } from './plan-mails.ts';

const mostAlone = 5; // for the same readers at once: what is over can be read together

/**
 * Which emails tell that alerts are over: one a cause to those who read of it, so that it stands in its thread; one
 * for all when there are many. Pure.
 */
export function planResolved(
  resolved: readonly ResolvedAlert[],
  { recipientsOf }: Pick<MailingRules, 'recipientsOf'>,
): readonly ResolvedAlerts[] {
  const readersOf = ({ finding }: ResolvedAlert): string => JSON.stringify(recipientsOf(finding));
  return [...Map.groupBy(resolved, readersOf).values()].flatMap((some) => {
    const byCause = [...Map.groupBy(some, ({ finding }) => finding.cause ?? finding.id).values()];
    return (byCause.length > mostAlone ? [some] : byCause).flatMap(([first, ...others]): ResolvedAlerts[] =>
      first === undefined ? [] : [[first, ...others]],
    );
  });
}
