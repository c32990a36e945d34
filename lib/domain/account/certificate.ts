import * as z from 'zod/mini';
import type { Immutable } from '../schema/immutable.ts';
import { daySec } from '../time.ts';

const seenOf = z.object({ made: z.int(), seen: z.int() });
/** How many Stripe made, and how many of those we saw. */
export type SeenOf = Immutable<z.infer<typeof seenOf>>;

const comparedStretch = z.object({
  fromSec: z.int(),
  toSec: z.int(),
  events: seenOf,
  /** Invoices, charges, refunds, disputes and credit notes. */
  objects: seenOf,
  /** Events that were missing, and were put on the queue; of objects without an event, the events made of them. */
  sentIn: z.int(),
  /** How often it was compared: until it is whole, and at most `mostLooks` times. */
  looks: z.int(),
});
/** A stretch of time that was compared with Stripe's books: `fromSec` belongs to it, `toSec` does not. */
export type ComparedStretch = Immutable<z.infer<typeof comparedStretch>>;

const certificate = z.object({
  /** All that was made before has been compared; 0 before the first time. */
  untilSec: z.int(),
  /** Oldest first, without gaps. */
  stretches: z.array(comparedStretch),
  /** What is wrong with the webhook endpoint, and since when: one episode is one finding. */
  endpoint: z.nullable(z.object({ problem: z.string(), sinceSec: z.int() })),
});
/** What is proven to have been seen. */
export type Certificate = Immutable<z.infer<typeof certificate>>;

/** How a certificate is stored. */
export const certificateShape = { what: 'The certificate of an account', version: 1, schema: certificate };

export const emptyCertificate: Certificate = { untilSec: 0, stretches: [], endpoint: null };

/** What is still missing after as many looks will not come: an event that our detector does not get through. */
const mostLooks = 3;

const keptSec = 35 * daySec; // a month, for reports on it

/** Whether it is to be compared again: something of it is missing, and may still come. */
export function isOpen(stretch: ComparedStretch): boolean {
  return unseenIn(stretch) > 0 && stretch.looks < mostLooks;
}

/** How many stay unseen though they were sent in, time and again. */
export function givenUp({ stretches }: Certificate): number {
  const settled = stretches.filter((stretch) => !isOpen(stretch));
  return settled.reduce((sum, stretch) => sum + unseenIn(stretch), 0);
}

function unseenIn({ events, objects }: ComparedStretch): number {
  return events.made - events.seen + objects.made - objects.seen;
}

/** The certificate with one more stretch, or with one that was looked at again. */
export function withStretch(certificate: Certificate, stretch: ComparedStretch): Certificate {
  const others = certificate.stretches.filter(({ fromSec }) => fromSec !== stretch.fromSec);
  const untilSec = Math.max(certificate.untilSec, stretch.toSec);
  const stretches = [...others, stretch]
    .filter(({ toSec }) => toSec > untilSec - keptSec)
    .sort((a, b) => a.fromSec - b.fromSec);
  return { ...certificate, untilSec, stretches: stretches.reduce(joined, []) };
}

/** The certificate as it was up to a time: what was made since is compared (again). */
export function certificateUntil(atSec: number, certificate: Certificate): Certificate {
  const stretches = certificate.stretches.filter(({ toSec }) => toSec <= atSec);
  return { ...certificate, untilSec: atSec, stretches };
}

/** Stretches of one day that are not looked at again become one, so that a month is some thirty. */
function joined(before: readonly ComparedStretch[], next: ComparedStretch): readonly ComparedStretch[] {
  const last = before.at(-1);
  const dayOf = (atSec: number): number => Math.floor(atSec / daySec);
  const isOneDay = last !== undefined && dayOf(last.fromSec) === dayOf(next.fromSec);
  const isSettled = [last, next].every((one) => one !== undefined && !isOpen(one));
  if (!isOneDay || last.toSec !== next.fromSec || !isSettled) return [...before, next];
  return [...before.slice(0, -1), sumOf([last, next])];
}

function sumOf(stretches: readonly ComparedStretch[]): ComparedStretch {
  const sum = (read: (stretch: ComparedStretch) => number): number =>
    stretches.reduce((total, stretch) => total + read(stretch), 0);
  const [first] = stretches;
  return {
    fromSec: first?.fromSec ?? 0,
    toSec: stretches.at(-1)?.toSec ?? 0,
    events: { made: sum(({ events }) => events.made), seen: sum(({ events }) => events.seen) },
    objects: { made: sum(({ objects }) => objects.made), seen: sum(({ objects }) => objects.seen) },
    sentIn: sum(({ sentIn }) => sentIn),
    looks: Math.max(0, ...stretches.map(({ looks }) => looks)),
  };
}

/** What was compared of all that was made since a time, about: stretches of days; undefined when nothing was. */
export function comparedSince({ stretches }: Certificate, fromSec: number): ComparedStretch | undefined {
  const since = stretches.filter(({ toSec }) => toSec > fromSec);
  return since.length === 0 ? undefined : sumOf(since);
}

/**
 * For example, `certificateWords(certificate)` is
 * '48,212 of 48,212 events and 9,120 of 9,120 objects seen, made from 2026-10-24 to 2026-11-23 09:50 UTC; 312 were fetched'.
 */
export function certificateWords({ stretches }: Certificate): string {
  if (stretches.length === 0) return 'nothing compared yet';
  const { fromSec, toSec, events, objects, sentIn } = sumOf(stretches);
  const time = (atSec: number): string => new Date(atSec * 1000).toISOString().slice(0, 16).replace('T', ' ');
  const of = ({ made, seen }: SeenOf): string =>
    `${seen.toLocaleString('en-US')} of ${made.toLocaleString('en-US')}`;
  return (
    `${of(events)} events and ${of(objects)} objects seen, made from ${time(fromSec)} to ${time(toSec)} UTC; ` +
    `${sentIn.toLocaleString('en-US')} were fetched`
  );
}
