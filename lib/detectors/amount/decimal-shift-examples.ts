import { daySec } from '../../domain/time.ts';
import {
  type Examples,
  exampleCharge,
  exampleInvoice,
  exampleLine,
  exampleRefund,
  monthly,
} from '../examples/example-events.ts';
import { shiftedPriceExamples } from './shifted-price.ts';
import { dinarExamples } from './tenfold.ts';

export const examples: Examples = () => {
  const inYen = { currency: 'jpy' };
  const yen = (month: number, amountMinor: number) => exampleCharge(month, amountMinor, inYen);
  const invoiced = monthly(exampleInvoice, [4_900, 4_900]);
  return {
    fires: [
      {
        name: 'yen counted as cents, on the third payment',
        history: monthly(yen, [4_900, 4_900]),
        event: yen(2, 490_000),
      },
      {
        name: 'a draft of a hundred times the price',
        history: invoiced,
        event: exampleInvoice(2, 490_000),
      },
      {
        name: 'whole dollars given for cents',
        history: monthly(exampleCharge, [4_900, 4_900]),
        event: exampleCharge(2, 49),
      },
      {
        name: 'a second slip, after the first was refunded',
        history: [
          ...monthly(exampleCharge, [1_200, 1_200, 120_000]),
          exampleRefund(2, 120_000, 2, daySec),
          ...monthly(exampleCharge, [0, 0, 0, 1_200, 1_200]).slice(3),
        ],
        event: exampleCharge(5, 120_000),
      },
      ...dinarExamples().fires,
      ...shiftedPriceExamples().fires,
    ],
    quiet: [
      {
        name: 'nearly a hundred times: no slip of the point',
        history: invoiced,
        event: exampleInvoice(2, 489_999),
      },
      {
        name: 'one payment before is no price yet',
        history: invoiced.slice(1),
        event: exampleInvoice(2, 490_000),
      },
      {
        name: 'a hundred seats',
        history: invoiced,
        event: exampleInvoice(2, 490_000, { lines: [exampleLine(2, 490_000, { quantity: '100' })] }),
      },
      {
        name: 'the charge of an invoice that has been judged',
        history: [...monthly(exampleCharge, [4_900, 4_900]), exampleInvoice(2, 490_000)],
        event: exampleCharge(2, 490_000),
      },
      {
        name: 'a gift of five hundred next to bills of five',
        history: [...monthly(exampleInvoice, [700, 700, 700]), ...monthly(exampleCharge, [700, 700, 700])],
        event: exampleCharge(3, 70_000),
      },
      {
        name: 'a pass for a year among those for a day, as bought before',
        history: monthly(exampleCharge, [1_200, 1_200, 120_000, 1_200, 1_200]),
        event: exampleCharge(5, 120_000),
      },
      {
        name: 'a round purchase of a hundred times others as round',
        history: monthly(exampleCharge, [500, 500]),
        event: exampleCharge(2, 50_000),
      },
      {
        name: 'what a credit balance leaves of a bill',
        history: invoiced,
        event: exampleInvoice(2, 49, { totalMinor: 4_900, startingBalanceMinor: -4_851 }),
      },
      ...dinarExamples().quiet,
      {
        name: 'a few cents',
        history: monthly(exampleCharge, [100, 100]),
        event: exampleCharge(2, 1),
      },
      ...shiftedPriceExamples().quiet,
    ],
  };
};
