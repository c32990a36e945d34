import { demoEvents } from '../../infra/local/demo/demo-company.ts';
import type { StripeEvent } from '../../infra/local/demo/stripe-event.ts';
import { eventDetectors } from '../../lib/detectors/registry.ts';
import { emptyRecord } from '../../lib/domain/customer-record.ts';
import { judgeAndLearn } from '../../lib/pipeline.ts';
import { normalizeEvent } from '../../lib/stripe/normalize.ts';
import { seeded } from '../fixtures/seeded.ts';

/** 2026-11-23, 15:00 UTC. */
const todaySec = 1_795_446_000;

/**
 * The demo company's last days, with mistakes in so many percent: charges of a hundred times the amount, and invoices
 * that do not add up, which any one of their events proves.
 */
export function chaosEvents(
  seed: number,
  { days = 400, mistakesPercent }: { readonly days?: number; readonly mistakesPercent: number },
): readonly StripeEvent[] {
  const { history, today } = demoEvents({ todaySec });
  const recent = [...history, ...today].filter(({ created }) => created > todaySec - days * 86_400);
  const draw = seeded(seed);
  const isWrong = new Map<string, boolean>();
  return recent.map((event) => {
    const { object } = event.data;
    if (object.object !== 'charge' && object.object !== 'invoice') return event;
    if (!isWrong.has(object.id)) isWrong.set(object.id, draw.chance(mistakesPercent));
    if (!isWrong.get(object.id)) return event;
    const wrong =
      object.object === 'charge'
        ? { ...object, amount: object.amount * 100, amount_captured: object.amount_captured * 100 }
        : { ...object, total: object.total + 1_234 };
    return { ...event, data: { object: wrong } };
  });
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
