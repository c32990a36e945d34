import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import { fields } from '../../../lib/stripe/event/fields.ts';
import { normalizeEvent } from '../../../lib/stripe/event/normalize.ts';
import { type JsonValue, jsonValues, type ReadJson } from './json-values.ts';
import type { LineBlock } from './read-lines.ts';
import { isPage, stripeObjectsIn } from './stripe-objects-in.ts';

/** Where something stands in the input. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly lineNumber: number;
}

/** A line that can't be used, and why. */
export interface BadLine extends Place {
  readonly reason: string;
}

/** An event, and where it stands. */
export interface ReadEvent extends Place {
  readonly event: BillingEvent;
}

export interface ReadingObserver {
  /** Called for each object that is read, whatever it is. */
  readonly onObject: () => void;
  readonly onBadLine: (bad: BadLine) => void;
}

/** The events of one page or array, as it lists them. */
interface ListedEvents {
  readonly key: string;
  readonly isPage: boolean;
  readonly events: ReadEvent[];
}

/**
 * The events of a text, in order of arrival. Those that stand alone, as one JSON a line, come in their own order as
 * they are read. Those of pages and arrays are held until what follows is none, also over several files, and put in
 * order: Stripe lists the newest first.
 */
export async function* readEvents(
  blocks: AsyncIterable<LineBlock>,
  observer: ReadingObserver,
): AsyncGenerator<readonly ReadEvent[]> {
  let listed: ListedEvents[] = [];
  for await (const { file, values } of valuesOf(blocks)) {
    const ready: ReadEvent[] = [];
    for (const value of values) {
      if ('fault' in value) {
        observer.onObject();
        observer.onBadLine({ file, lineNumber: value.lineNumber, reason: value.fault });
        continue;
      }
      const events = eventsOf(value, file, observer);
      const list = listOf(value, file);
      if (list === undefined) {
        ready.push(...inOrder(listed), ...events);
        listed = [];
      } else if (listed.at(-1)?.key === list.key) listed.at(-1)?.events.push(...events);
      else listed.push({ ...list, events: [...events] });
    }
    yield ready;
  }
  yield inOrder(listed);
}

async function* valuesOf(
  blocks: AsyncIterable<LineBlock>,
): AsyncGenerator<{ readonly file: string; readonly values: readonly JsonValue[] }> {
  let file: string | undefined;
  let text = jsonValues();
  for await (const block of blocks) {
    if (file !== undefined && file !== block.file) {
      yield { file, values: text.end() };
      text = jsonValues();
    }
    file = block.file;
    yield { file, values: block.lines.flatMap((line, index) => text.take(line, block.firstLine + index)) };
  }
  if (file !== undefined) yield { file, values: text.end() };
}

/** The page or array that a value is or is in, if any. */
function listOf(
  { json, arrayNumber, lineNumber }: ReadJson,
  file: string,
): Pick<ListedEvents, 'key' | 'isPage'> | undefined {
  if (isPage(json)) return { key: `page ${file} ${lineNumber}`, isPage: true };
  if (Array.isArray(json)) return { key: `line ${file} ${lineNumber}`, isPage: json.every(isPage) };
  return arrayNumber > 0 ? { key: `array ${file} ${arrayNumber}`, isPage: false } : undefined;
}

function eventsOf(
  { json, lineNumber }: ReadJson,
  file: string,
  observer: ReadingObserver,
): readonly ReadEvent[] {
  return stripeObjectsIn(json).flatMap((object) => {
    observer.onObject();
    try {
      const event = eventOf(object);
      return event === undefined ? [] : [{ event, file, lineNumber }];
    } catch (error) {
      observer.onBadLine({
        file,
        lineNumber,
        reason: error instanceof Error ? error.message : String(error),
      });
      return [];
    }
  });
}

/** `_received_at` (Unix seconds), when present, is when the event arrived; else it arrived when it was made. */
function eventOf(json: unknown): BillingEvent | undefined {
  const { _received_at: arrived, created, object } = fields(json);
  const receivedAtSec = [arrived, created].find((time) => typeof time === 'number') ?? 0;
  const normalized = normalizeEvent(json, receivedAtSec);
  if (normalized.kind === 'event') return normalized.event;
  if (normalized.kind !== 'not_an_event') return undefined;
  const kind =
    typeof object === 'string' && /^[a-z._]{1,40}$/.test(object)
      ? `: it is ${/^[aeiou]/.test(object) ? 'an' : 'a'} ${object}`
      : '';
  throw new Error(`it is JSON, but not a Stripe event${kind}`);
}

/** Sorts by arrival; events of the same second in the order in which they were made, as far as their list shows it. */
function inOrder(lists: readonly ListedEvents[]): readonly ReadEvent[] {
  const [first, last] = [lists[0]?.events[0], lists.at(-1)?.events.at(-1)];
  const newestFirst =
    first !== undefined && last !== undefined && first.event.receivedAtSec > last.event.receivedAtSec;
  const pages = newestFirst ? lists.toReversed() : lists; // as Stripe lists them, page after page
  return pages.flatMap(oldestFirst).sort((a, b) => a.event.receivedAtSec - b.event.receivedAtSec);
}

function oldestFirst({ isPage, events }: ListedEvents): readonly ReadEvent[] {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return [];
  const newerSec = first.event.receivedAtSec - last.event.receivedAtSec;
  return newerSec > 0 || (newerSec === 0 && isPage) ? events.toReversed() : events;
}
