import { formatMoney } from '../../../domain/money/money.ts';
import { sumMinor } from '../../../domain/money/sum-minor.ts';
import { type TaxedAlike, type TaxedLine, taxedByRate } from './taxed-lines.ts';
import type { InvoiceIdentity } from './verdict.ts';

/**
 * Credit grants and exempt parts make the base smaller still; nothing makes it larger. Only of rates that the event
 * holds whole: taxes that another system set have rates of their own, and Stripe checks neither their base nor amount.
 * Source: https://docs.stripe.com/billing/taxes/tax-rates
 */
export const taxBase: InvoiceIdentity = {
  name: 'tax-base',
  rule: 'A tax is taken of no more than what a line comes to after its discounts, except for rounding.',
  check(invoice) {
    const wrong = taxedByRate(invoice)
      .map(onKnownBases)
      .filter(({ based, stepsMinor }) => based.some((one) => isBeyond(one, stepsMinor)))
      .flatMap(({ based }) => based);
    if (wrong.length === 0) return 'holds';
    const rows = wrong.map(({ one, baseMinor }) => ({
      label: `Tax on ${formatMoney(baseMinor, invoice.currency)}: ${one.line.description ?? one.line.id}`,
      amountMinor: Math.round((one.tax.amountMinor / one.taxableMinor) * baseMinor), // at the share that was taken
    }));
    const actualMinor = sumMinor(wrong.map(({ one }) => one.tax.amountMinor));
    const expectedMinor = sumMinor(rows.map(({ amountMinor }) => amountMinor));
    if (actualMinor === null || expectedMinor === null) return 'not provable';
    const [actual, expected] = [actualMinor, expectedMinor].map((minor) =>
      formatMoney(minor, invoice.currency),
    );
    return {
      what: 'tax before discounts',
      actualMinor,
      expectedMinor,
      says: `takes ${actual} of tax on amounts before their discounts; after them it is ${expected}.`,
      rows,
    };
  },
};

interface Based {
  readonly one: TaxedLine;
  /** What is left of the line after its discounts. */
  readonly baseMinor: number;
}

function onKnownBases({ lines, stepsMinor }: TaxedAlike) {
  const based = lines.flatMap((one): readonly Based[] => {
    const reductions = one.line.discounts?.map(({ amountMinor }) => -amountMinor) ?? [null];
    const baseMinor = sumMinor([one.line.amountMinor, ...reductions]);
    return baseMinor === null || one.tax.percentage === null ? [] : [{ one, baseMinor }];
  });
  return { based, stepsMinor };
}

/** Farther from zero than the base, on either side of it: credits are taxed, too. */
function isBeyond({ one, baseMinor }: Based, stepsMinor: number): boolean {
  return Math.sign(baseMinor || 1) * (one.taxableMinor - baseMinor) > stepsMinor;
}
