import type { Series } from '../../../domain/record/series.ts';
import {
  type CalibratedThreshold,
  calibratedThreshold,
  nothingLearned,
} from '../../baseline/calibrated-threshold.ts';
import { type ExpectedRange, expectedRanges, extremeTimes } from '../../baseline/expected-range.ts';
import { hasUsage, isPurchase, type SpikeKnobs, type Subject } from './subject.ts';

/** How wide the usual is taken to be. */
export interface Width extends Required<SpikeKnobs> {
  /** What the amount is compared with. */
  readonly before: Series;
  /** What the account's other payments say; undefined where they say nothing of this amount. */
  readonly learned: CalibratedThreshold | undefined;
  /** Whether an earlier planned amount counts as what the next change is a change of. */
  readonly growsFromPlanned: boolean;
}

/** Begins with the spread of the customer's own amounts and nothing else, of one amount or more. */
export function plainWidth(before: Series, { knobs }: Subject): Width {
  return {
    before,
    sigmas: knobs.sigmas,
    warmUp: 1,
    headroom: 1,
    setHeadroom: 1,
    admits: false,
    extremeTimes: Number.POSITIVE_INFINITY,
    learned: undefined,
    growsFromPlanned: false,
  };
}

/** What is usual after a past: as it is, and where someone has planned it on the subscription. */
export interface Ranges {
  readonly usual: ExpectedRange;
  readonly planned: () => ExpectedRange;
}

/** @returns undefined when the past says too little */
export function rangesAfter(width: Width, past: Series = width.before): Ranges | undefined {
  const rangeBy = expectedRanges(past, width, width.learned);
  if (rangeBy === undefined) return undefined;
  const planned = (): ExpectedRange => {
    const range = rangeBy(width.setHeadroom);
    if (!width.growsFromPlanned) return range;
    const silent = past.map(({ value }) => value).filter((value) => value <= range.high);
    return { ...range, high: Math.max(range.high, Math.max(0, ...silent) * width.setHeadroom) };
  };
  return { usual: rangeBy(width.headroom), planned };
}

export function warmUp(width: Width, { knobs }: Subject): Width {
  return { ...width, warmUp: knobs.warmUp };
}

export function headroom(width: Width, { knobs }: Subject): Width {
  return { ...width, headroom: knobs.headroom, setHeadroom: knobs.headroom };
}

export function calledExpected(width: Width): Width {
  return { ...width, admits: true };
}

/** Applies to purchases only: in some accounts they vary by factors. */
export function heavyTails(width: Width, subject: Subject): Width {
  return isPurchase(subject) ? { ...width, learned: { ...nothingLearned, isHeavyTailed: true } } : width;
}

export function calibrated(width: Width, subject: Subject): Width {
  if (!isPurchase(subject)) return width;
  const { calibration, settings } = subject.context;
  const learned = calibratedThreshold(calibration.amount, subject.currency, settings);
  return learned === undefined ? width : { ...width, learned: { ...learned, shock: 0 } };
}

/** That all use more these days is no customer's doing. */
export function commonShift(width: Width, subject: Subject): Width {
  const { amount, usage } = subject.context.calibration;
  const { invoice } = subject;
  const isUsage = invoice !== undefined && hasUsage(invoice);
  const population = isPurchase(subject) ? amount : isUsage ? usage : null;
  if (population === null) return width;
  return { ...width, learned: { ...(width.learned ?? nothingLearned), shock: population.shock } };
}

export function extremeAmounts(width: Width): Width {
  return { ...width, extremeTimes };
}

/** One digit too many is tenfold. */
export function plannedHeadroom(width: Width, { knobs }: Subject): Width {
  return { ...width, setHeadroom: knobs.setHeadroom };
}

/** What was planned before was silent, and is what the next change is a change of. */
export function plannedBefore(width: Width): Width {
  return { ...width, growsFromPlanned: true };
}
