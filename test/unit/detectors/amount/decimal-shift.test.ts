import fc from 'fast-check';
import { judgeAndLearn } from '../../../../lib/detect/pipeline.ts';
import { amountSpike } from '../../../../lib/detectors/amount/amount-spike/amount-spike.ts';
import { decimalShift } from '../../../../lib/detectors/amount/decimal-shift.ts';
import { exampleCharge, exampleInvoice, monthly } from '../../../../lib/detectors/examples/example-events.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';

const detectors = [amountSpike, decimalShift];

/** Of round purchases it says nothing. */
const hasTwoDigits = (amountMinor: number) => !/^\d0*$/.test(String(amountMinor));

describe.each([
  ['a draft invoice', exampleInvoice],
  ['a charge', exampleCharge],
])('%s', (_name, make) => {
  const prices = fc.integer({ min: 100, max: 100_000 }).filter(hasTwoDigits);
  const judge = (history: readonly number[], amountMinor: number) => {
    const record = monthly(make, history).reduce(
      (before, event) => judgeAndLearn(event, before, []).record,
      emptyRecord,
    );
    return judgeAndLearn(make(history.length, amountMinor), record, detectors).findings;
  };

  it('is one finding at a hundred times a constant price, however long the history', () => {
    fc.assert(
      fc.property(prices, fc.integer({ min: 2, max: 20 }), (price, months) => {
        const findings = judge(Array<number>(months).fill(price), price * 100);
        expect(findings).toMatchObject([{ detector: 'decimal-shift', typical: price }]);
        expect(judge([price, price], price * 100 - 1)).toEqual([]);
      }),
    );
  });

  it('is one finding at a hundredth of it, and none one unit above', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 1_000 }).filter(hasTwoDigits), (amountMinor) => {
        const [price, low] = [amountMinor * 100, amountMinor];
        expect(judge([price, price], low)).toMatchObject([{ detector: 'decimal-shift' }]);
        expect(judge([price, price], low + 1)).toEqual([]);
      }),
    );
  });

  it('is quiet where no price is constant', () => {
    fc.assert(
      fc.property(prices, fc.integer({ min: 1, max: 900 }), (price, more) => {
        const findings = judge([price, price + more], price * 100);
        expect(findings.filter(({ detector }) => detector === 'decimal-shift')).toEqual([]);
      }),
    );
  });
});
