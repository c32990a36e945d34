import { formatMoney } from '../../../domain/money/money.ts';
import { sumMinor } from '../../../domain/money/sum-minor.ts';
import type { InvoiceIdentity } from './verdict.ts';

export const totalExcludingTax: InvoiceIdentity = {
  name: 'total-excluding-tax',
  rule: 'The total without tax is the total less all taxes, exclusive and inclusive.',
  check({ totalMinor, totalExcludingTaxMinor, taxes, hasShipping, currency }) {
    if (totalExcludingTaxMinor === null || taxes === null || hasShipping) return 'not provable';
    const taxMinor = sumMinor(taxes.map(({ amountMinor }) => amountMinor));
    const expectedMinor = sumMinor([totalMinor, taxMinor === null ? null : -taxMinor]);
    if (taxMinor === null || expectedMinor === null) return 'not provable';
    if (expectedMinor === totalExcludingTaxMinor) return 'holds';
    const money = (amountMinor: number) => formatMoney(amountMinor, currency);
    return {
      what: 'total without tax',
      actualMinor: totalExcludingTaxMinor,
      expectedMinor,
      says: `says ${money(totalExcludingTaxMinor)} without tax, but its total less its taxes is ${money(expectedMinor)}.`,
      rows: [
        { label: 'Total', amountMinor: totalMinor },
        { label: 'Taxes', amountMinor: -taxMinor },
      ],
    };
  },
};
