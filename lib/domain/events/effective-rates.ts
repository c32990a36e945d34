import { sumMinor } from '../money/sum-minor.ts';
import type { Invoice, Reduction, Tax } from './billing-event.ts';
import { isPlainTax } from './is-plain-tax.ts';

/** What a tax or the discounts took of what they apply to, on one invoice, in minor units. */
export interface EffectiveRate {
  readonly takenMinor: number;
  /** Positive. */
  readonly ofMinor: number;
}

export interface EffectiveTax extends EffectiveRate {
  /** `txr_...` */
  readonly rate: string;
  readonly inclusive: boolean;
}

/**
 * Parts per million: what the record keeps of a share.
 * @example rateMillionths({ takenMinor: 200, ofMinor: 1000 }) // 200000
 */
export function rateMillionths({ takenMinor, ofMinor }: EffectiveRate): number {
  return Math.round((takenMinor / ofMinor) * 1e6);
}

/**
 * The taxes of an invoice that are a rate times an amount, each rate once. Stripe gives these totals whole, though
 * it cuts the list of lines. Left out: rates with an exempt or reduced portion, and credits.
 */
export function effectiveTaxes({ taxes }: Invoice): readonly EffectiveTax[] {
  if (taxes === null || taxes.length === 0) return [];
  const byRate = Map.groupBy(taxes, ({ rate, inclusive }) => `${rate} ${inclusive}`);
  return [...byRate.values()].flatMap((ofRate) => taxTaken(ofRate) ?? []);
}

function taxTaken(ofRate: readonly Tax[]): EffectiveTax | undefined {
  const [first] = ofRate;
  if (first === undefined || first.rate === null || !ofRate.every(isPlainTax)) return;
  const share = shareTaken(
    sumMinor(ofRate.map(({ amountMinor }) => amountMinor)),
    sumMinor(ofRate.map(({ taxableMinor }) => taxableMinor)),
  );
  return share && { ...share, rate: first.rate, inclusive: first.inclusive };
}

/**
 * What the discounts attached to the whole invoice took of its subtotal. Undefined without such a discount, or where
 * it is not known.
 */
export function effectiveDiscount(invoice: Invoice): EffectiveRate | undefined {
  const { attachedDiscounts: attached, discounts, subtotalMinor, lines } = invoice;
  if (attached === null || attached.length === 0 || discounts === null) return;
  if (lines.some((line) => line.proration === true)) return discountOfLines(invoice, attached);
  return shareTaken(takenBy(attached, discounts), subtotalMinor);
}

/**
 * What they took of the lines that are no prorations, which carry the discounts of the time they are for. Undefined
 * where they took nothing: the lines don't say why.
 */
function discountOfLines({ lines, linesComplete }: Invoice, attached: readonly string[]) {
  const others = lines.filter((line) => line.proration !== true);
  if (!linesComplete) return;
  const taken = sumMinor(others.map(({ discounts }) => discounts && takenBy(attached, discounts)));
  const share = shareTaken(taken, sumMinor(others.map(({ amountMinor }) => amountMinor)));
  return share !== undefined && share.takenMinor > 0 ? share : undefined;
}

function takenBy(attached: readonly string[], discounts: readonly Reduction[]): number | null {
  const own = discounts.filter(({ discount }) => discount !== null && attached.includes(discount));
  return sumMinor(own.map(({ amountMinor }) => amountMinor));
}

function shareTaken(takenMinor: number | null, ofMinor: number | null): EffectiveRate | undefined {
  if (takenMinor === null || ofMinor === null || takenMinor < 0 || ofMinor <= 0) return;
  return { takenMinor, ofMinor };
}
