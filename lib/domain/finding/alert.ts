import * as z from 'zod/mini';
import type { Immutable } from '../schema/immutable.ts';
import { findingSchema } from './finding.ts';

const atSec = z.int();

/**
 * `resolved`: the events show that it is over. `muted`: no one was alerted, as a person had asked for such alerts. The
 * others are what a person answered to this one, from the email.
 */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('resolved'), reason: z.string(), atSec }),
  z.object({ kind: z.enum(['expected', 'error']), atSec }),
  z.object({ kind: z.enum(['planned', 'snoozed', 'muted']), untilSec: z.int(), atSec }),
]);
export type Outcome = Immutable<z.infer<typeof outcomeSchema>>;

export const alertSchema = z.object({
  finding: findingSchema,
  /** When the alert function first had it. */
  filedAtSec: z.int(),
  /** When SES accepted the email about it; null while it waits. */
  mailedAtSec: z.nullable(z.int()),
  /** What became of it; null while it is open. */
  outcome: z.nullable(outcomeSchema),
});

/** A finding on its way to people: filed when it came from the queue, open once it was mailed. */
export type Alert = Immutable<z.infer<typeof alertSchema>>;

/** How an alert is stored; its finding has a version of its own, the same as on the queue. */
export const alertShape = {
  what: 'An alert',
  version: 1,
  schema: z.extend(alertSchema, { finding: z.unknown() }),
};
