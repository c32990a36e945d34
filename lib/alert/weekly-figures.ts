import type { Alert } from '../domain/alert.ts';
import type { Finding, Severity } from '../domain/finding.ts';

/** A week of alerts in numbers. */
export interface WeeklyFigures {
  readonly alerts: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** What became of them; the rest is open. */
  readonly resolved: number;
  readonly realErrors: number;
  readonly expected: number;
  readonly planned: number;
  readonly snoozed: number;
  readonly open: number;
  /** Of those that finance judged, the share that was a real error; null when it judged none. */
  readonly precision: number | null;
  /** Minor units by currency, of what is open or was a real error; never summed across. */
  readonly atStake: ReadonlyMap<string, number>;
  /** Most alerts first. */
  readonly byDetector: readonly (readonly [detector: string, alerts: number])[];
  /** Detectors that said nothing. */
  readonly quiet: readonly string[];
}

/** What the figures are made of: so little that a hundred thousand of them can be held at once. */
export interface WeeklyAlert {
  readonly finding: Pick<Finding, 'severity' | 'detector' | 'atStakeMinor'> & {
    readonly money: Pick<Finding['money'], 'currency'>;
  };
  readonly outcome: Alert['outcome'];
}

export function weeklyAlert({ finding, outcome }: Alert): WeeklyAlert {
  const { severity, detector, atStakeMinor, money } = finding;
  return { finding: { severity, detector, atStakeMinor, money: { currency: money.currency } }, outcome };
}

/**
 * @param detectors ids of all there are
 * @example weeklyFigures([], ['amount-spike']).quiet // ['amount-spike']
 */
export function weeklyFigures(alerts: readonly WeeklyAlert[], detectors: readonly string[]): WeeklyFigures {
  const ofOutcome = (kind: string) => alerts.filter(({ outcome }) => outcome?.kind === kind).length;
  const ofSeverity = (severity: Severity) =>
    alerts.filter(({ finding }) => finding.severity === severity).length;
  const [realErrors, expected] = [ofOutcome('error'), ofOutcome('expected')];
  const atStake = new Map<string, number>();
  for (const { finding, outcome } of alerts) {
    const { atStakeMinor, money } = finding;
    if (atStakeMinor === null || (outcome !== null && outcome.kind !== 'error')) continue;
    atStake.set(money.currency, (atStake.get(money.currency) ?? 0) + atStakeMinor);
  }
  const counts = new Map<string, number>();
  for (const { finding } of alerts) counts.set(finding.detector, (counts.get(finding.detector) ?? 0) + 1);
  return {
    alerts: alerts.length,
    bySeverity: {
      critical: ofSeverity('critical'),
      high: ofSeverity('high'),
      medium: ofSeverity('medium'),
      low: ofSeverity('low'),
    },
    resolved: ofOutcome('resolved'),
    realErrors,
    expected,
    planned: ofOutcome('planned'),
    snoozed: ofOutcome('snoozed'),
    open: alerts.filter(({ outcome }) => outcome === null).length,
    precision: realErrors + expected === 0 ? null : realErrors / (realErrors + expected),
    atStake,
    byDetector: [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
    quiet: detectors.filter((id) => !counts.has(id)),
  };
}
