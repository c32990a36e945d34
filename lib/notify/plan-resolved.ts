import type { ResolvedAlert, ResolvedAlerts } from '../message/report/render-resolved.ts';
import type { MailingRules } from './plan-mails.ts';

const mostAlone = 5; // emails to the same readers at once; more are easier to read as one

/**
 * Plans the emails that report resolved alerts: one for each cause to its readers, so that it stands in its thread; one
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
