import type { Alert } from '../../domain/finding/alert.ts';
import type { DetectorSummary } from '../../domain/finding/detector-summary.ts';
import type { Finding } from '../../domain/finding/finding.ts';
import { byImportance } from '../at-stake.ts';

/** A week of alerts in numbers. */
export interface WeeklyFigures {
  readonly alerts: number;
  /** Their outcomes; the rest is open. */
  readonly resolved: readonly Finding[];
  readonly realErrors: readonly Finding[];
  readonly expected: readonly Finding[];
  readonly planned: readonly Finding[];
  readonly snoozed: readonly Finding[];
  /** Open alerts, the most important first. */
  readonly open: readonly Finding[];
  /** The share of real errors among the alerts that finance judged; null when it judged none. */
  readonly precision: number | null;
  /** Number of alerts by detector, most alerts first. */
  readonly byDetector: readonly (readonly [Finding, ...Finding[]])[];
  /** Detectors that found nothing. */
  readonly quiet: readonly string[];
  /** Detectors that are switched off. */
  readonly off: readonly string[];
}

/**
 * @param detectors all there are
 * @example weeklyFigures([], [{ id: 'amount-spike', kind: 'event', isOff: false }]).quiet // ['amount-spike']
 */
export function weeklyFigures(
  alerts: readonly Alert[],
  detectors: readonly DetectorSummary[],
): WeeklyFigures {
  const withOutcome = (kind: string | undefined) =>
    alerts.flatMap(({ finding, outcome }) => (outcome?.kind === kind ? finding : [])).toSorted(byImportance);
  const [realErrors, expected] = [withOutcome('error'), withOutcome('expected')];
  const judged = realErrors.length + expected.length;
  const byDetector = Map.groupBy(
    alerts.map(({ finding }) => finding),
    ({ detector }) => detector,
  );
  return {
    alerts: alerts.length,
    resolved: withOutcome('resolved'),
    realErrors,
    expected,
    planned: withOutcome('planned'),
    snoozed: withOutcome('snoozed'),
    open: withOutcome(undefined),
    precision: judged === 0 ? null : realErrors.length / judged,
    byDetector: [...byDetector]
      .sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
      .map(([, some]) => some as [Finding, ...Finding[]]),
    quiet: detectors.flatMap(({ id, isOff }) => (isOff || byDetector.has(id) ? [] : id)),
    off: detectors.flatMap(({ id, isOff }) => (isOff ? id : [])),
  };
}
