import { ofAccount } from '../../../lib/domain/events/of-account.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';

/** A finding as a row for people. @example '2026-05-04 10:12  high      amount-spike        Invoice ...' */
export function findingRow({ account, atSec, severity, detector, summary }: Finding): string {
  const time = new Date(atSec * 1000).toISOString().slice(0, 16).replace('T', ' ');
  return `${time}  ${severity.padEnd(8)}  ${detector.padEnd(19)}  ${ofAccount(account, summary)}`;
}

/** The line that `--json` promises; see README.md. */
export function findingJson(finding: Finding) {
  return {
    id: finding.id,
    detector: finding.detector,
    certainty: finding.certainty,
    severity: finding.severity,
    eventId: finding.eventId,
    account: finding.account,
    customer: finding.customer,
    object: finding.object,
    at: finding.atSec,
    currency: finding.money.currency,
    actual: finding.actual,
    expected: finding.expected,
    summary: finding.summary,
  };
}
