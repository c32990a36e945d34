import { demoEvents } from '../../infra/local/demo/demo-company.ts';
import { type StripeEvent, type StripeObject, stripeEvent } from '../../infra/local/demo/stripe-event.ts';
import { judgeAndLearn } from '../../lib/detect/pipeline.ts';
import { eventDetectors } from '../../lib/detectors/registry.ts';
import { emptyRecord } from '../../lib/domain/record/customer-record.ts';
import { normalizeEvent } from '../../lib/stripe/event/normalize.ts';
import { seeded } from '../fixtures/seeded.ts';

/** 2026-11-23, 15:00 UTC. */
const todaySec = 1_795_446_000;

/**
 * The demo company's last days, with mistakes in so many percent: charges of a hundred times the amount, refunded a day
 * later, and invoices that do not add up, which any one of their events proves.
 */
export function chaosEvents(
  seed: number,
  { days = 400, mistakesPercent }: { readonly days?: number; readonly mistakesPercent: number },
): readonly StripeEvent[] {
  const { history, today } = demoEvents({ todaySec });
  const recent = [...history, ...today].filter(({ created }) => created > todaySec - days * 86_400);
  const draw = seeded(seed);
  const isWrong = new Map<string, boolean>();
  const events = recent.flatMap((event): readonly StripeEvent[] => {
    const { object } = event.data;
    if (object.object !== 'charge' && object.object !== 'invoice') return [event];
    if (!isWrong.has(object.id)) isWrong.set(object.id, draw.chance(mistakesPercent));
    if (!isWrong.get(object.id)) return [event];
    if (object.object === 'invoice')
      return [{ ...event, data: { object: { ...object, total: object.total + 1_234 } } }];
    const [amount, amount_captured] = [object.amount * 100, object.amount_captured * 100];
    const wrong = { ...object, amount, amount_captured };
    const refunded = { ...wrong, amount_refunded: amount_captured, refunded: true };
    const refund = stripeEvent<StripeObject>('charge.refunded', event.created + 86_400, refunded);
    return [{ ...event, data: { object: wrong } }, ...(amount_captured > 0 ? [refund] : [])];
  });
  return events.sort((a, b) => a.created - b.created);
}

/** Ids of the findings that single events prove: what must be found in whatever order they come. */
export function provenBy(events: readonly StripeEvent[]): ReadonlySet<string> {
  const proven = eventDetectors.filter(({ id }) => id === 'invoice-arithmetic');
  return new Set(
    events.flatMap((one) => {
      const normalized = normalizeEvent(one, one.created);
      if (normalized.kind !== 'event') return [];
      return judgeAndLearn(normalized.event, emptyRecord, proven).findings.map(({ id }) => id);
    }),
  );
}
