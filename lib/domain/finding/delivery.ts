import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Immutable } from '../schema/immutable.ts';

/**
 * `waiting`: not sent. `sending`: the intent, written before the call: it may be taken or not, until the answer is
 * written. `taken`: the receiver has it. `parked`: it is not retried by the minute; `code` says why.
 */
const readerState = z.enum(['waiting', 'sending', 'taken', 'parked']);

const deliveryReader = z.object({
  /** The way to this reader, such as `email`. */
  receiver: z.string(),
  address: z.string(),
  state: readerState,
  /** How often it was sent without a known answer. */
  unknown: z.int(),
  /** When the state was last changed. */
  atSec: z.int(),
  code: z.optional(z.string()),
});
export type DeliveryReader = Immutable<z.infer<typeof deliveryReader>>;

export const deliverySchema = z.object({
  /** Names the message: no two deliveries of an account have the same one at a time. */
  key: z.string(),
  kind: z.enum(['alert', 'group', 'digest', 'storm', 'resolved', 'weekly']),
  /** See `PlannedMail`. */
  topic: z.string(),
  plannedAtSec: z.int(),
  /** Ids of the alerts that it reports. */
  alerts: z.array(z.string()),
  /** Of resolved alerts: why, in the same order. */
  reasons: z.array(z.string()),
  readers: z.array(deliveryReader),
  /** The alerts know of it: that they were mailed, or that they are resolved. */
  isRecorded: z.boolean(),
  /** Nothing is left to do: it is kept so that the same message is not sent again. */
  isClosed: z.boolean(),
});

/**
 * One message on its way to its readers, and how far it has come with each. It stays as it was planned until all have
 * it: no alert is in two of the same kind.
 */
export type Delivery = Immutable<z.infer<typeof deliverySchema>>;

export const deliveryShape = { what: 'A delivery', version: 1, schema: deliverySchema };

/** What is planned, for `delivery`. */
interface Planned extends Pick<Delivery, 'kind' | 'topic' | 'plannedAtSec' | 'alerts'> {
  readonly reasons?: readonly string[];
  readonly receiver: string;
  readonly to: readonly string[];
  /** Of a message that is about a time, such as a week. */
  readonly period?: string;
}

/** A message that no reader has got yet. */
export function newDelivery({ receiver, to, reasons = [], period, ...planned }: Planned): Delivery {
  const { kind, alerts, plannedAtSec } = planned;
  const name = kind === 'weekly' || kind === 'resolved' ? kind : 'alert'; // one alert is sent once, however
  return {
    ...planned,
    key: `${name} ${period ?? (alerts.length === 1 ? alerts[0] : hashOf(alerts))}`,
    reasons: [...reasons],
    readers: [...new Set(to)].map((address) => ({
      receiver,
      address,
      state: 'waiting',
      unknown: 0,
      atSec: plannedAtSec,
    })),
    isRecorded: false,
    isClosed: false,
  };
}

function hashOf(ids: readonly string[]): string {
  return createHash('sha256').update(ids.toSorted().join('\n')).digest('hex').slice(0, 26);
}
