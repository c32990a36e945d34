import fc from 'fast-check';
import { judgeAndLearn } from '../../../../lib/detect/pipeline.ts';
import type { Detector } from '../../../../lib/detectors/define.ts';
import {
  exampleCharge,
  exampleFailures,
  exampleRefund,
  monthly,
} from '../../../../lib/detectors/examples/example-events.ts';
import { failedPayments } from '../../../../lib/detectors/payment/failed-payments.ts';
import { refundSpike } from '../../../../lib/detectors/payment/refund-spike.ts';
import type { BillingEvent } from '../../../../lib/domain/events/billing-event.ts';
import type { Finding } from '../../../../lib/domain/finding/finding.ts';
import { type CustomerRecord, emptyRecord } from '../../../../lib/domain/record/customer-record.ts';

function replayed(events: readonly BillingEvent[], detector: Detector): readonly Finding[] {
  const findings: Finding[] = [];
  events.reduce((record: CustomerRecord, event) => {
    const step = judgeAndLearn(event, record, [detector]);
    findings.push(...step.findings);
    return step.record;
  }, emptyRecord);
  return findings;
}

/** Months, of which each has been paid. */
const paid = monthly(exampleCharge, Array<number>(30).fill(40_000));
const failuresAt = (seconds: readonly number[]) => exampleFailures(40, 4_900, seconds);
const refundsAt = (seconds: readonly number[]) =>
  seconds.map((sec, index) => exampleRefund(index, 40_000, 40, sec));

const kinds = [
  ['failed payments', failedPayments, failuresAt, 3],
  ['full refunds', refundSpike, refundsAt, 2],
] as const;

describe.each(kinds)('%s', (_name, detector, eventsAt, everyday) => {
  const halfHour = fc.nat({ max: 1_800 });
  const inAnyOrder = (events: readonly BillingEvent[]) =>
    fc
      .tuple(fc.shuffledSubarray([...events], { minLength: events.length }), fc.shuffledSubarray([...events]))
      .map(([shuffled, again]) => [...shuffled, ...again]);

  it('are one finding a burst, in any order and however often Stripe delivers them', () => {
    const bursts = fc.uniqueArray(halfHour, { minLength: everyday + 1, maxLength: 14 });
    fc.assert(
      fc.property(
        bursts.chain((seconds) => inAnyOrder(eventsAt(seconds))),
        (events) => {
          const findings = replayed([...paid, ...events], detector);
          expect(findings).toHaveLength(1);
          expect(findings[0]).toMatchObject({ actual: everyday + 1, boundary: everyday });
        },
      ),
    );
  });

  it('are silent at the boundary, in any order and however often Stripe delivers them', () => {
    const few = fc.uniqueArray(halfHour, { maxLength: everyday });
    fc.assert(
      fc.property(
        few.chain((seconds) => inAnyOrder(eventsAt(seconds))),
        (events) => {
          expect(replayed([...paid, ...events], detector)).toEqual([]);
        },
      ),
    );
  });

  it('are silent when no half hour has more than the boundary, as Stripe’s retries', () => {
    const pauses = fc.array(fc.integer({ min: 1_800 / everyday + 1, max: 5 * 86_400 }), { maxLength: 14 });
    fc.assert(
      fc.property(pauses, (all) => {
        const seconds = all.map((_pause, index) =>
          all.slice(0, index).reduce((sum, pause) => sum + pause, 0),
        );
        expect(replayed([...paid, ...eventsAt(seconds)], detector)).toEqual([]);
      }),
    );
  });

  it('are a burst when the last is just half an hour after the first, and none a second later', () => {
    const spread = (lastSec: number) => [
      ...Array.from({ length: everyday }, (_, index) => index * 60),
      lastSec,
    ];
    expect(replayed([...paid, ...eventsAt(spread(1_800))], detector)).toHaveLength(1);
    expect(replayed([...paid, ...eventsAt(spread(1_801))], detector)).toEqual([]);
  });

  it('count each charge once, though Stripe makes another event of it', () => {
    const known = eventsAt(Array.from({ length: everyday }, (_, index) => index * 60));
    const again = known.map((event) => ({ ...event, occurredAtSec: event.occurredAtSec + 300 }));
    expect(replayed([...paid, ...known, ...again], detector)).toEqual([]);
  });

  it('give the same name on the try after a crash', () => {
    const seconds = Array.from({ length: everyday }, (_, index) => index * 60);
    const record = [...paid, ...eventsAt(seconds)].reduce(
      (before, event) => judgeAndLearn(event, before, []).record,
      emptyRecord,
    );
    const last = eventsAt([...seconds, 600]).at(-1) ?? paid[0];
    if (last === undefined) throw new Error('no event');
    const [first, second] = [1, 2].map(() => judgeAndLearn(last, record, [detector]).findings[0]?.id);
    expect(first).toBeDefined();
    expect(second).toBe(first);
  });
});

it('counts what was refunded of each payment once, though every event has the sum so far', () => {
  const parts = [0, 1, 2].flatMap((month) =>
    [20_000, 40_000].map((sum, index) => exampleRefund(month, 40_000, 40, month * 60 + index, sum)),
  );
  const findings = replayed([...paid, ...parts], refundSpike);
  expect(findings.map(({ atStakeMinor }) => atStakeMinor)).toEqual([120_000]);
});

it('is silent at a refund of the whole payment, and fires one minor unit beyond', () => {
  const refund = (minor: number) => replayed([...paid, exampleRefund(0, 40_000, 40, 0, minor)], refundSpike);
  expect(refund(40_000)).toEqual([]);
  expect(refund(40_001)).toMatchObject([{ actual: 40_001, boundary: 40_000 }]);
});

it('says more of a thousand given back than of less', () => {
  const severity = (minor: number) => {
    const dear = monthly(exampleCharge, [10_000, 10_000, minor]);
    const refunds = [10_000, 10_000, minor].map((value, month) => exampleRefund(month, value, 40, month));
    return replayed([...dear, ...refunds], refundSpike)[0]?.severity;
  };
  expect([79_999, 80_000].map(severity)).toEqual(['medium', 'high']);
});

it('says more of thieves’ small amounts and of large ones than of the rest', () => {
  const severity = (amountMinor: number) =>
    replayed(exampleFailures(40, amountMinor, [0, 10, 20, 30]), failedPayments)[0]?.severity;
  expect([100, 500, 501, 49_999, 50_000].map(severity)).toEqual(['high', 'high', 'medium', 'medium', 'high']);
});

describe('a customer whose payments failed in bursts before', () => {
  const loop = (month: number, times: number) =>
    exampleFailures(
      month,
      4_900,
      Array.from({ length: times }, (_, index) => index * 15),
    );

  it('is news the second time, and the third time that is how the customer is', () => {
    expect(
      replayed(
        [1, 2, 3, 4].flatMap((month) => loop(month, 5)),
        failedPayments,
      ),
    ).toHaveLength(2);
  });

  it('is judged by the larger burst', () => {
    expect(replayed([...loop(2, 5), ...loop(3, 4), ...loop(4, 6)], failedPayments).at(-1)).toMatchObject({
      actual: 6,
      boundary: 5,
      expected: { low: 0, high: 5 },
    });
  });

  it('is not judged by one burst and by what was none', () => {
    const [, second] = replayed([...loop(2, 5), ...loop(3, 3), ...loop(4, 4)], failedPayments);
    expect(second).toMatchObject({ actual: 4, boundary: 3, expected: { low: 0, high: 3 } });
    expect(second?.history).toMatchObject({
      count: 2,
      points: [
        { value: 5, usual: false },
        { value: 3, usual: true },
      ],
    });
  });
});
