export interface DelayReport {
  readonly events: number;
  /** Answered anything but 2xx, or not at all. */
  readonly refused: number;
  /** From a wrong bill's `created` to its email, in seconds, shortest first. */
  readonly delaysSec: readonly number[];
  /** Customers of wrong bills without an email. */
  readonly missing: readonly string[];
}

/** What docs/architecture.md promises at the 95th percentile. */
export const mostDelaySec = 10;

/**
 * Compares when wrong bills were created with when their emails arrived.
 * @param createdSec by customer; Stripe gives whole seconds, so up to one second of each delay is rounding
 */
export function delayReport(
  statuses: readonly number[],
  createdSec: ReadonlyMap<string, number>,
  arrivedMs: ReadonlyMap<string, number>,
): DelayReport {
  const delays = [...createdSec].map(([name, sec]) => {
    const atMs = arrivedMs.get(name);
    return { name, delaySec: atMs === undefined ? undefined : atMs / 1_000 - sec };
  });
  return {
    events: statuses.length,
    refused: statuses.filter((status) => status < 200 || status >= 300).length,
    delaysSec: delays.flatMap(({ delaySec }) => delaySec ?? []).sort((a, b) => a - b),
    missing: delays.flatMap(({ name, delaySec }) => (delaySec === undefined ? [name] : [])),
  };
}

/** The shortest delay that so large a share of the emails did not exceed. @example percentile([1, 2, 3], 0.5) // 2 */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** What broke the promise, each a sentence; empty when it was kept. */
export function wrongIn({ events, refused, delaysSec, missing }: DelayReport): readonly string[] {
  const p95 = percentile(delaysSec, 0.95);
  const emails = delaysSec.length + missing.length;
  return [
    ...(refused === 0 ? [] : [`${refused} of ${events} events were refused.`]),
    ...(missing.length === 0
      ? []
      : [`${missing.length} of ${emails} emails are missing: ${missing.slice(0, 5).join(', ')}.`]),
    ...(emails === 0 ? ['No bill was wrong: give it more seconds.'] : []),
    ...(p95 > mostDelaySec
      ? [`The 95th percentile is ${p95.toFixed(1)} s, and ${mostDelaySec} s are promised.`]
      : []),
  ];
}
