import fc from 'fast-check';
import { amountDrop } from '../../../lib/detectors/amount/amount-drop.ts';
import type { Detector } from '../../../lib/detectors/define.ts';
import {
  exampleCharge,
  exampleInvoice,
  exampleLine,
  exampleUsageInvoice,
  monthAtSec,
} from '../../../lib/detectors/examples/example-events.ts';
import { chargeFrequency } from '../../../lib/detectors/payment/charge-frequency.ts';
import { usageDrop } from '../../../lib/detectors/usage/usage-drop.ts';
import { usageMultiple } from '../../../lib/detectors/usage/usage-multiple.ts';
import type { BillingEvent, InvoiceEvent } from '../../../lib/domain/events/billing-event.ts';
import { type CustomerRecord, emptyRecord } from '../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../lib/domain/record/learn.ts';

const recordAfter = (events: readonly BillingEvent[]): CustomerRecord =>
  events.reduce((before, event) => learn(event, before).record, emptyRecord);

/** Thousandths of a unit a day, over a period of a day. */
function usageOfDay(
  month: number,
  milli: number,
  kind: InvoiceEvent['kind'],
  siblingMilli?: number,
): InvoiceEvent {
  const event = exampleUsageInvoice(month, milli / 1000, 1_000);
  const lineOf = (quantity: number, price: string) =>
    exampleLine(month, Math.round(quantity), {
      id: `il_${price}`,
      quantity: String(quantity / 1000),
      unitAmountMinor: '1000',
      price,
      metered: true,
      periodStartSec: monthAtSec(month) - 86_400,
      periodEndSec: monthAtSec(month),
    });
  const sibling = siblingMilli === undefined ? [] : [lineOf(siblingMilli, 'price_other')];
  const lines = [lineOf(milli, 'price_calls'), ...sibling];
  return {
    ...event,
    kind,
    invoice: { ...event.invoice, lines, status: kind === 'invoice_drafted' ? 'draft' : 'open' },
  };
}

/** At its boundary it is silent, one step beyond it fires, and the boundary stays where it is. */
function holdsBoundary(
  judge: (value: number) => ReturnType<Detector['judge']>,
  firing: number,
  step: number,
  scale = 1,
) {
  const boundary = Math.round((judge(firing)[0]?.boundary ?? Number.NaN) * scale);
  expect(judge(boundary)).toEqual([]);
  expect(Math.round((judge(boundary + step)[0]?.boundary ?? Number.NaN) * scale)).toBe(boundary);
}

const varied = (least: number, most: number) =>
  fc.array(fc.integer({ min: least, max: most }), { minLength: 6, maxLength: 24 });

it('usage-drop is silent at its boundary and fires a thousandth of a unit below', () => {
  fc.assert(
    fc.property(varied(2_000_000, 5_000_000), (history) => {
      const past = history.map((milli, month) =>
        usageOfDay(month, milli, 'invoice_finalized', 1_000 + month),
      );
      const record = recordAfter(past);
      const judge = (milli: number) =>
        usageDrop.judge(usageOfDay(history.length, milli, 'invoice_finalized', 1_010), record);
      holdsBoundary(judge, 0, -1, 1000);
    }),
  );
});

it('usage-multiple is silent at its boundary and fires a thousandth of a unit above', () => {
  const steady = fc.array(fc.integer({ min: 2_000_000, max: 2_200_000 }), { minLength: 6, maxLength: 7 });
  fc.assert(
    fc.property(steady, (history) => {
      fc.pre(new Set(history).size === history.length);
      const record = recordAfter(history.map((milli, month) => usageOfDay(month, milli, 'invoice_drafted')));
      const judge = (milli: number) =>
        usageMultiple.judge(usageOfDay(history.length, milli, 'invoice_drafted'), record);
      const last = history.slice(-4).sort((a, b) => a - b);
      holdsBoundary(judge, (last[1] ?? 0) + (last[2] ?? 0), 1, 1000);
    }),
  );
});

it('amount-drop is silent at its boundary and fires one minor unit below', () => {
  fc.assert(
    fc.property(varied(100_000, 900_000), (history) => {
      const renewal = (month: number, amountMinor: number) =>
        exampleInvoice(month, amountMinor, {}, 'invoice_finalized');
      const record = recordAfter(history.map((amountMinor, month) => renewal(month, amountMinor)));
      holdsBoundary((amountMinor) => amountDrop.judge(renewal(history.length, amountMinor), record), 1, -1);
    }),
  );
});

it('charge-frequency is silent at its boundary and fires at one payment more', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), (mostADay) => {
      const charge = (day: number, nth: number) =>
        exampleCharge(0, 1_000 + nth, {
          id: `ch_${day}_${nth}`,
          createdAtSec: monthAtSec(0) + day * 86_400 + nth * 600,
        });
      const day = (of: number, count: number) => Array.from({ length: count }, (_, nth) => charge(of, nth));
      const past = [...day(0, 1), ...day(20, mostADay), ...day(30, 2), ...day(35, 2), ...day(38, 1)];
      const judge = (count: number) =>
        chargeFrequency.judge(charge(40, count - 1), recordAfter([...past, ...day(40, count - 1)]));
      const boundary = Math.max(6, 3 * Math.max(2, mostADay));
      expect(judge(boundary)).toEqual([]);
      expect(judge(boundary + 1)[0]?.boundary).toBe(boundary);
      expect(judge(boundary + 2)).toEqual([]); // said already
    }),
  );
});
