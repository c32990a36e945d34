import * as z from 'zod/mini';
import { type Finding, severities } from '../domain/finding/finding.ts';

/**
 * Thrown for a message that is not a finding. It returns to the queue, and after its retries goes to the dead-letter
 * queue for a person to look at.
 */
export class MalformedFindingError extends Error {
  constructor() {
    super('The message is not a finding. It goes back to the queue, and in the end to the dead letters.');
    this.name = 'MalformedFindingError';
  }
}

/**
 * Parses the finding that the detector put on the queue.
 * @throws {MalformedFindingError} the text is not JSON or not a finding; the error repeats nothing of it
 */
export function parseFinding(text: string): Finding {
  try {
    return finding.parse(JSON.parse(text));
  } catch {
    throw new MalformedFindingError();
  }
}

const id = z.string().check(z.minLength(1), z.maxLength(500));
const currency = z.string().check(z.regex(/^[a-z]{3}$/));
const what = z.string();

const finding = z.object({
  id,
  detector: z.string().check(z.regex(/^[a-z][a-z-]{0,60}$/)),
  certainty: z.enum(['proven', 'contradiction', 'unusual']),
  question: z.string(),
  basis: z.optional(z.string()),
  nextSteps: z.array(z.string()),
  account: id,
  livemode: z.boolean(),
  customer: z.nullable(id),
  customerName: z.nullable(z.string()),
  eventId: z.nullable(id),
  object: id,
  objectLabel: z.string(),
  lines: z.optional(z.object({ shown: z.int(), areAll: z.boolean() })),
  atSec: z.int(),
  receivedAtSec: z.int(),
  observed: z.optional(z.object({ part: z.enum(['charges', 'invoices', 'setbacks']), admits: z.boolean() })),
  about: z.string(),
  severity: z.enum(severities),
  severityReason: z.string(),
  summary: z.string(),
  headline: z.optional(z.string()),
  cause: z.optional(z.string()),
  causeName: z.optional(z.string()),
  measure: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('money'), currency, what }),
    z.object({ kind: z.literal('quantity'), unit: z.string(), what }),
  ]),
  actual: z.number(),
  expected: z.object({ low: z.number(), high: z.number() }),
  typical: z.optional(z.number()),
  boundary: z.nullable(z.number()),
  farBoundary: z.optional(z.number()),
  rule: z.string(),
  history: z.object({
    count: z.int(),
    points: z.array(z.object({ atSec: z.int(), value: z.number(), usual: z.boolean() })),
  }),
  breakdown: z.nullable(
    z.object({
      rows: z.array(z.object({ label: z.string(), amountMinor: z.int() })),
      totalLabel: z.string(),
      totalMinor: z.int(),
    }),
  ),
  nearby: z.optional(z.array(z.string())),
  atStakeMinor: z.nullable(z.int()),
  money: z.object({
    currency,
    state: z.enum([
      'upcoming',
      'draft',
      'open',
      'paid',
      'void',
      'uncollectible',
      'failed',
      'refunded',
      'unbilled',
      'subscription',
      'account',
    ]),
    collection: z.enum(['charged', 'sent']),
    finalizesAtSec: z.nullable(z.int()),
    finalizesAtIs: z.optional(z.enum(['estimated', 'unsaid'])),
    isNothingDue: z.optional(z.literal(true)),
    dueAtSec: z.nullable(z.int()),
  }),
});
