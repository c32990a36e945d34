import type { Severity } from '../../domain/finding/finding.ts';
import { noBill } from '../../domain/finding/money-state.ts';
import type { AccountJudgement } from '../define-account.ts';

interface Counted extends Pick<AccountJudgement, 'sinceSec' | 'page' | 'summary' | 'rule'> {
  readonly severity: Severity;
  readonly severityReason: string;
  /** e.g. `cards declined in 30 minutes` */
  readonly what: string;
  /** e.g. `cards` */
  readonly unit: string;
  readonly actual: number;
  readonly expected: AccountJudgement['expected'];
  readonly typical: number;
  readonly boundary: number | null;
  /** The money the counted things come to, largest currency first; empty when it is not known. */
  readonly money: readonly (readonly [string, number])[];
  readonly points: readonly { readonly atSec: number; readonly value: number; readonly usual?: boolean }[];
}

/** A judgement about a count of the whole account. */
export function accountJudgement(counted: Counted): AccountJudgement {
  const { what, unit, money, points, ...rest } = counted;
  const [largest] = money;
  return {
    ...rest,
    measure: { kind: 'quantity', unit, what },
    history: { count: points.length, points: points.slice(-24).map((point) => ({ usual: true, ...point })) },
    breakdown: null,
    atStakeMinor: largest?.[1] ?? null,
    money: noBill(largest?.[0] ?? 'usd'),
  };
}
