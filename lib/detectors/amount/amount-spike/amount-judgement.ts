import type { Judgement } from '../../../domain/finding/finding.ts';
import { approximateUsd } from '../../../domain/money/approximate-usd.ts';
import { formatMoney } from '../../../domain/money/money.ts';
import { type ExpectedRange, extremeTimes } from '../../baseline/expected-range.ts';
import { type AlertedRange, isAsAlerted, silentBelow } from '../../baseline/ongoing-condition.ts';
import { sigmasWords } from '../../baseline/sigmas-words.ts';
import { spikeSeverity } from '../../finding/spike-severity.ts';
import type { Settings } from '../../settings.ts';

/** An amount that somebody pays, and what would have been usual; what only a finding needs is asked for by it. */
export interface Amount {
  readonly about: string;
  readonly currency: string;
  readonly amountMinor: number;
  /** The part of the amount that is no question: it moves what is expected up. */
  readonly explainedMinor: number;
  readonly usual: ExpectedRange | undefined;
  /** The part of the amount that others judge: it moves the boundary up. */
  readonly leftToOthersMinor?: () => number;
  /** What of such an amount was told the last time; asked when there is something to say. */
  readonly told?: () => AlertedRange | undefined;
  /** The beginning of the sentence, up to the amount. */
  readonly says: () => string;
  readonly what: string;
  readonly breakdown: (typicalMinor: number) => Judgement['breakdown'];
  readonly nearby?: () => readonly string[];
  readonly money: Judgement['money'];
}

/** The largest amount that is silent, in minor units. */
export function amountBoundary(
  usual: ExpectedRange,
  currency: string,
  { leastAtStakeDollars }: Settings,
): number {
  return Math.max(usual.high, Math.round(usual.typical) + approximateUsd(leastAtStakeDollars, currency));
}

/** What there is to say of an amount: nothing up to its boundary, or when too little is known. */
export function amountJudgement(amount: Amount, headroom: number, settings: Settings): Judgement | undefined {
  const { usual, currency, amountMinor, explainedMinor } = amount;
  if (usual === undefined) return;
  const silentMinor = amountBoundary(usual, currency, settings);
  const valueMinor = amountMinor - explainedMinor;
  if (valueMinor <= silentMinor) return;
  const othersMinor = amount.leftToOthersMinor?.() ?? 0;
  const told = amount.told?.();
  if (valueMinor <= silentMinor + othersMinor || (told && isAsAlerted(valueMinor, told))) return;
  const silent = silentBelow(silentMinor + othersMinor, valueMinor, told);
  const typicalMinor = Math.round(usual.typical);
  const atStakeMinor = amountMinor - explainedMinor - typicalMinor;
  const money = (minor: number): string => formatMoney(minor, currency);
  return {
    about: amount.about,
    ...spikeSeverity((amountMinor - explainedMinor) / usual.typical, atStakeMinor, currency),
    summary: `${amount.says()} ${money(amountMinor)}; usually it is about ${money(typicalMinor)}.`,
    measure: { kind: 'money', currency, what: amount.what },
    actual: amountMinor,
    typical: typicalMinor + explainedMinor,
    expected: { low: usual.low + explainedMinor, high: usual.high + explainedMinor },
    boundary: explainedMinor + silent.boundary,
    ...(silent.farBoundary !== undefined && { farBoundary: explainedMinor + silent.farBoundary }),
    rule:
      (usual.isExtreme
        ? `An amount is flagged when it is more than ${extremeTimes} times the largest of the customer's last amounts, however widely the account's payments vary, `
        : `An amount is flagged when it is beyond the usual variation of the customer's last ${usual.count} amounts ` +
          `(${sigmasWords(usual)}), more than ${headroom} times the largest usual one, `) +
      `and at least ${money(approximateUsd(settings.leastAtStakeDollars, currency))} above the typical one.` +
      (othersMinor > 0 ? ` Usage is judged by itself, and leaves ${money(othersMinor)} more silent.` : ''),
    history: usual.history,
    breakdown: amount.breakdown(typicalMinor),
    nearby: amount.nearby?.(),
    atStakeMinor,
    money: amount.money,
  };
}
