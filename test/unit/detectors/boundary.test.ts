import fc from 'fast-check';
import { amountSpike } from '../../../lib/detectors/amount-spike.ts';
import { exampleCharge, exampleInvoice, monthly } from '../../../lib/detectors/example-events.ts';
import { emptyRecord } from '../../../lib/domain/customer-record.ts';
import { learn } from '../../../lib/domain/learn.ts';

const amounts = fc.array(fc.integer({ min: 1_000, max: 100_000 }), { minLength: 5, maxLength: 24 });

describe.each([
  ['a draft invoice', exampleInvoice],
  ['a charge', exampleCharge],
])('%s', (_name, make) => {
  it('is silent at the boundary it names and fires one minor unit beyond', () => {
    fc.assert(
      fc.property(amounts, (history) => {
        const record = monthly(make, history).reduce(
          (before, event) => learn(event, before).record,
          emptyRecord,
        );
        const judge = (amountMinor: number) =>
          amountSpike.judge(make(history.length, amountMinor), record)[0];
        const boundary = judge(1_000_000_000_000)?.boundary ?? Number.NaN;
        expect(judge(boundary)).toBeUndefined();
        expect(judge(boundary + 1)?.boundary).toBe(boundary);
      }),
    );
  });

  it('does not move with one outlier in a steady history', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000, max: 100_000 }),
        fc.integer({ min: 1, max: 10 ** 9 }),
        (usual, outlier) => {
          const boundaryAfter = (history: readonly number[]) => {
            const record = monthly(make, history).reduce(
              (before, event) => learn(event, before).record,
              emptyRecord,
            );
            return amountSpike.judge(make(history.length, 10 ** 12), record)[0]?.boundary ?? Number.NaN;
          };
          const steady = Array<number>(12).fill(usual);
          const ratio = boundaryAfter([...steady.slice(0, 11), outlier]) / boundaryAfter(steady);
          expect(ratio).toBeGreaterThanOrEqual(1);
          expect(ratio).toBeLessThanOrEqual(1.2);
        },
      ),
    );
  });
});
