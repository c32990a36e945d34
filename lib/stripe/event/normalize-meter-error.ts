import type { UsageRefusedEvent } from '../../domain/events/billing-event.ts';
import { accountId, type Fields, fields, flag, id, needed, seconds } from './fields.ts';

/** Their notices hold only the meter. What was wrong, and how often, takes an API call to learn. */
const types: readonly unknown[] = [
  'v1.billing.meter.error_report_triggered',
  'v1.billing.meter.no_meter_found',
];

/**
 * Stripe's notice that usage could not be counted, which exists as a thin event only; null of all other thin events.
 * @throws UnreadableEventError without id, mode or time, or of an account that can't be read
 */
export function normalizeMeterError(event: Fields, receivedAtSec: number): UsageRefusedEvent | null {
  if (!types.includes(event.type)) return null;
  return {
    kind: 'usage_refused',
    id: needed(id(event.id), 'id'),
    account: needed(accountId(event.context), 'context'),
    livemode: needed(flag(event.livemode), 'livemode'),
    customer: null,
    customerName: null,
    occurredAtSec: needed(secondsOf(event.created), 'created'),
    receivedAtSec,
    apiVersion: null,
    meter: { id: id(fields(event.related_object)) ?? 'meters' },
  };
}

/** Thin events write their times as text. @example secondsOf('2026-01-01T00:00:00.000Z') // 1767225600 */
function secondsOf(time: unknown): number | null {
  const ms = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return seconds(Math.floor(ms / 1000));
}
