import fc from 'fast-check';
import { plainContext } from '../../../../lib/detectors/context.ts';
import { exampleUsageInvoice, monthly } from '../../../../lib/detectors/examples/example-events.ts';
import { usageSpike } from '../../../../lib/detectors/usage/usage-spike.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';

/** An account whose young meters jump tenfold now and then. */
const wildTail = { value: 5, share: 0.04, slope: 1.2 };
const usage = {
  centres: {},
  spread: 1,
  shock: 0,
  months: 1,
  tails: [wildTail, wildTail, wildTail, wildTail],
} as const;

const spikesAt = (history: readonly number[], quantity: number, context = { ...plainContext }) => {
  const record = monthly(exampleUsageInvoice, history).reduce(
    (before, event) => learn(event, before).record,
    emptyRecord,
  );
  return usageSpike.judge(exampleUsageInvoice(history.length, quantity), record, context);
};

it('reports a digit too many of a known meter, however heavy-tailed the account’s meters are', () => {
  const context = { ...plainContext, calibration: { ...plainContext.calibration, usage } };
  const histories = fc.array(fc.integer({ min: 90_000, max: 110_000 }), { minLength: 4, maxLength: 12 });
  fc.assert(
    fc.property(histories, (history) => {
      const most = Math.max(...history);
      expect(spikesAt(history, most * 8.01, context)).toHaveLength(1);
      expect(spikesAt(history, most * 3, context)).toEqual([]);
      expect(spikesAt(history.slice(0, 3), most * 8.01, context)).toEqual([]);
    }),
  );
});

it('reports a launch beyond a free tier, though the month before was as high and free', () => {
  const free = [29_000, 31_000, 32_000, 30_000, 29_500, 31_500, 149_000];
  const bills = free.map((calls, month) => exampleUsageInvoice(month, calls, 0));
  const record = bills.reduce((before, event) => learn(event, before).record, emptyRecord);
  expect(usageSpike.judge(exampleUsageInvoice(7, 175_000, 1), record, plainContext)).toHaveLength(1);
});

it('reports usage that stays high once, and higher usage again', () => {
  const calls = [100_000, 108_000, 97_000, 111_000, 104_000, 99_000];
  expect(spikesAt(calls, 300_000)).toHaveLength(1);
  expect(spikesAt([...calls, 300_000], 260_000)).toEqual([]);
  expect(spikesAt([...calls, 300_000, 260_000], 220_000)).toEqual([]);
  expect(spikesAt([...calls, 300_000], 390_000)).toHaveLength(1);
});
