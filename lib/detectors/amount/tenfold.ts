import type { Invoice, InvoiceLine } from '../../domain/events/billing-event.ts';
import { objectHash } from '../../domain/events/object-hash.ts';
import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import { listPrice } from '../../domain/record/list-price.ts';
import { replacedPrices } from '../../domain/record/replaced-prices.ts';
import { type Examples, exampleCharge, monthly } from '../examples/example-events.ts';
import { shiftFactor } from './decimal-factor.ts';

const downPayments = 3; // equal ones in a row: a tenth may also be a deposit
const upPayments = 5; //   ten of a thing, or a year for ten months: as much history as amount-spike wants

/**
 * How many equal payments in a row make a price of which ten times, or a tenth, is no chance. Ten is what people also
 * count and charge in; a hundred hardly ever.
 */
export function tenfoldPayments(isUp: boolean): number {
  return isUp ? upPayments : downPayments;
}

/**
 * Whether someone has set an invoice to ten times the one before, or a tenth: by seats, or by a price that others pay.
 * A price that replaced one of the same digits may have been made with the wrong number of decimals.
 * @param shared `Calibration.prices`
 */
export function isSetTenfold(invoice: Invoice, record: CustomerRecord, shared: readonly number[]): boolean {
  return invoice.lines.some(
    (line) => line.subscriptionItem !== null && !isNewPrice(line, invoice, record, shared),
  );
}

function isNewPrice(
  line: InvoiceLine,
  { currency, subscription }: Invoice,
  record: CustomerRecord,
  shared: readonly number[],
): boolean {
  const own = objectHash(line.price ?? '');
  const unitMinor = listPrice(line, currency, record)?.unitMinor;
  if (unitMinor === undefined || shared.includes(own)) return false;
  return replacedPrices(record, currency).some(
    (before) =>
      before.subscription === objectHash(subscription ?? '') &&
      before.price !== own &&
      shiftFactor(before.unitMinor, unitMinor, currency) !== undefined,
  );
}

export const dinarExamples: Examples = () => {
  const dinars = (month: number, amountMinor: number) =>
    exampleCharge(month, amountMinor, { currency: 'kwd' });
  return {
    fires: [
      {
        name: 'dinars counted in whole units of a thousand',
        history: monthly(dinars, [9_500, 9_500]),
        event: dinars(2, 9_500_000),
      },
      {
        name: 'dinars counted in hundredths, as code for dollars does',
        history: monthly(dinars, [18_600, 18_600, 18_600]),
        event: dinars(3, 1_860),
      },
    ],
    quiet: [
      {
        name: 'a tenth in dinars after two payments: it may be a deposit',
        history: monthly(dinars, [18_600, 18_600]),
        event: dinars(2, 1_860),
      },
      {
        name: 'a tenth in dollars, of which no wrong number of decimals makes one',
        history: monthly(exampleCharge, [4_900, 4_900, 4_900, 4_900, 4_900]),
        event: exampleCharge(5, 490),
      },
    ],
  };
};
