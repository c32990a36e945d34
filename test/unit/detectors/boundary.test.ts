import fc from 'fast-check';
import { amountSpike } from '../../../lib/detectors/amount/amount-spike/amount-spike.ts';
import { plainContext } from '../../../lib/detectors/context.ts';
import { exampleCharge, exampleInvoice, monthly } from '../../../lib/detectors/examples/example-events.ts';
import { noCalibration } from '../../../lib/domain/account/calibration.ts';
import type { Judgement } from '../../../lib/domain/finding/finding.ts';
import { emptyRecord } from '../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../lib/domain/record/learn.ts';

const tail = fc.record({
  value: fc.double({ min: 0, max: 6, noNaN: true }),
  share: fc.double({ min: 0.01, max: 0.05, noNaN: true }),
  slope: fc.double({ min: 0, max: 1.5, noNaN: true }),
});
const population = fc.record({
  centres: fc.record({
    usd: fc.record({
      centre: fc.double({ min: 5, max: 12, noNaN: true }),
      weight: fc.double({ min: 0.3, max: 8, noNaN: true }),
    }),
  }),
  spread: fc.double({ min: 0.35, max: 1, noNaN: true }),
  shock: fc.double({ min: 0, max: 0.6, noNaN: true }),
  months: fc.double({ min: 0.05, max: 1, noNaN: true }),
  tails: fc.tuple(tail, tail, tail, tail),
});
const amounts = fc.array(fc.integer({ min: 1_000, max: 100_000 }), { minLength: 5, maxLength: 24 });

/** What payments so wild show may allow more than any number of minor units: of that there is nothing to test. */
function boundaryOf(judge: (amountMinor: number) => Judgement | undefined): number {
  const boundary = judge(Number.MAX_SAFE_INTEGER)?.boundary;
  fc.pre(typeof boundary === 'number');
  return boundary as number;
}

describe.each([
  ['a draft invoice', exampleInvoice],
  ['a charge', exampleCharge],
])('%s', (_name, make) => {
  const byHand = (month: number, minor: number) => {
    const event = make(month, minor);
    if (!('invoice' in event)) return event;
    return { ...event, invoice: { ...event.invoice, billingReason: 'manual' } };
  };

  it('is silent at the boundary it names and fires one minor unit beyond', () => {
    fc.assert(
      fc.property(amounts, (history) => {
        const record = monthly(make, history).reduce(
          (before, event) => learn(event, before).record,
          emptyRecord,
        );
        const judge = (amountMinor: number) =>
          amountSpike.judge(make(history.length, amountMinor), record)[0];
        const boundary = boundaryOf(judge);
        expect(judge(boundary)).toBeUndefined();
        expect(judge(boundary + 1)?.boundary).toBe(boundary);
      }),
    );
  });

  it('is as exact when the account has learned what is usual, from the second payment on', () => {
    const some = fc.array(fc.integer({ min: 1_000, max: 100_000 }), { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(some, population, (history, amount) => {
        const record = monthly(byHand, history).reduce(
          (before, event) => learn(event, before).record,
          emptyRecord,
        );
        const context = { ...plainContext, calibration: { ...noCalibration, amount } };
        const judge = (amountMinor: number) =>
          amountSpike.judge(byHand(history.length, amountMinor), record, context)[0];
        const boundary = boundaryOf(judge);
        expect(judge(boundary)).toBeUndefined();
        expect(judge(boundary + 1)?.boundary).toBe(boundary);
      }),
    );
  });

  it('reports what is more than twenty times the largest of fifteen payments, however heavy-tailed the account is', () => {
    const some = fc.array(fc.integer({ min: 10_000, max: 100_000 }), { minLength: 15, maxLength: 24 });
    fc.assert(
      fc.property(some, population, (history, amount) => {
        const record = monthly(byHand, history).reduce(
          (before, event) => learn(event, before).record,
          emptyRecord,
        );
        const purchase = byHand(history.length, 20 * Math.max(...history) + 1);
        const context = { ...plainContext, calibration: { ...noCalibration, amount } };
        expect(amountSpike.judge(purchase, record, context)).toHaveLength(1);
      }),
    );
  });

  it('does not move with one outlier in a steady history', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000, max: 100_000 }),
        fc.integer({ min: 1, max: 10 ** 9 }),
        (usual, outlier) => {
          const judgedAfter = (history: readonly number[]) => {
            const record = monthly(make, history).reduce(
              (before, event) => learn(event, before).record,
              emptyRecord,
            );
            return amountSpike.judge(make(history.length, 10 ** 12), record)[0];
          };
          const steady = Array<number>(12).fill(usual);
          const [boundary, high] = [
            (past: readonly number[]) => judgedAfter(past)?.boundary ?? Number.NaN,
            (past: readonly number[]) => judgedAfter(past)?.expected.high ?? Number.NaN,
          ];
          for (const ratio of [
            boundary(steady.with(5, outlier)) / boundary(steady),
            high(steady.with(11, outlier)) / high(steady), // the newest, when it was reported, is no news up to its own size
          ]) {
            expect(ratio).toBeGreaterThanOrEqual(1);
            expect(ratio).toBeLessThanOrEqual(1.2);
          }
        },
      ),
    );
  });
});
