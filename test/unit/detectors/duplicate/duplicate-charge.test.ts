import fc from 'fast-check';
import { judgeAndLearn } from '../../../../lib/detect/pipeline.ts';
import { duplicateCharge } from '../../../../lib/detectors/duplicate/duplicate-charge.ts';
import {
  exampleCharge,
  exampleInvoice,
  monthAtSec,
} from '../../../../lib/detectors/examples/example-events.ts';
import type { BillingEvent } from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';

const startSec = monthAtSec(1);
const chargeAt = (sec: number, amountMinor = 4_900) =>
  exampleCharge(1, amountMinor, { id: `ch_${sec}`, createdAtSec: startSec + sec });

function idsOf(events: readonly BillingEvent[]): readonly string[] {
  const ids: string[] = [];
  let record = emptyRecord;
  for (const event of events) {
    const step = judgeAndLearn(event, record, [duplicateCharge]);
    record = step.record;
    ids.push(...step.findings.map(({ id }) => id));
  }
  return ids;
}

it('says a burst of equal charges once, in whatever order they arrive and however often', () => {
  const burst = fc.uniqueArray(fc.nat({ max: 420 }), { minLength: 2, maxLength: 6 });
  const arrivals = burst.chain((secs) =>
    fc.tuple(fc.shuffledSubarray(secs, { minLength: secs.length }), fc.subarray(secs)),
  );
  fc.assert(
    fc.property(arrivals, ([secs, repeats]) => {
      expect(idsOf([...secs, ...repeats].map((sec) => chargeAt(sec)))).toHaveLength(1);
    }),
  );
});

it('gives a pair the same name whichever comes first', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 420 }), (sec) => {
      const pair = [chargeAt(0), chargeAt(sec)];
      expect(idsOf(pair)).toEqual(idsOf(pair.toReversed()));
    }),
  );
});

it('is quiet as long as every equal charge may have its own invoice, and says the one too many', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 5 }), (count) => {
      const invoices = Array.from({ length: count }, (_, n) =>
        exampleInvoice(1, 4_900, { id: `in_${n}`, subscription: `sub_${n}` }),
      );
      const charges = Array.from({ length: count + 1 }, (_, n) => chargeAt(n * 30));
      expect(idsOf([...invoices, ...charges.slice(1)])).toEqual([]);
      expect(idsOf([...invoices, ...charges])).toHaveLength(1);
    }),
  );
});

it('never doubts charges that are of different amounts or further apart', () => {
  const lawful = fc.array(
    fc.record({ gapSec: fc.integer({ min: 0, max: 90_000 }), amountMinor: fc.integer({ min: 1, max: 9 }) }),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(lawful, (steps) => {
      const lastSec = new Map<number, number>();
      let sec = 0;
      const charges = steps.flatMap(({ gapSec, amountMinor }) => {
        sec += gapSec + 1;
        if (sec - (lastSec.get(amountMinor) ?? -1_000) <= 420) return [];
        lastSec.set(amountMinor, sec);
        return [chargeAt(sec, amountMinor)];
      });
      expect(idsOf(charges)).toEqual([]);
    }),
  );
});
