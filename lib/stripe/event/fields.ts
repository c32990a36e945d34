import { cleanText } from '../../domain/clean-text.ts';
import { stripeAccountOf } from '../../domain/events/of-account.ts';
import { UnreadableEventError } from './unreadable-event-error.ts';

/** An object of Stripe's, nothing known of its values. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Readers for values of any type. Each gives null for "the event does not say", which covers missing, null and
 * nonsense alike; none ever throws, converts a type or makes up a value. Hand-written, because a replay reads
 * millions of events.
 */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const nothing: Fields = Object.freeze(Object.create(null));

/** The object, or one without fields. @example fields(null).subscription_details // undefined */
export function fields(value: unknown): Fields {
  return isFields(value) ? value : nothing;
}

/** A hundred times what Stripe takes; of so large ones a double still holds the sum of a whole window exactly. */
const mostSize = 10 ** 14;

/** Money and counts: integers of a size that can be meant. */
export function integer(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= mostSize
    ? value
    : null;
}

const endOfYear9999Sec = 253_402_300_799;

/** A time, Unix seconds: one that a record can hold, and a calendar and an email can show. */
export function seconds(value: unknown): number | null {
  const sec = integer(value);
  return sec !== null && sec >= 0 && sec <= endOfYear9999Sec ? sec : null;
}

export function flag(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

/** One of a few known words. */
export function oneOf<Word extends string>(value: unknown, words: readonly Word[]): Word | null {
  return words.find((word) => word === value) ?? null;
}

const decimalShape = /^-?\d{1,18}(\.\d{1,12})?$/;

/** An exact decimal as text; Stripe's SDK types these as objects, events carry strings, older ones numbers. */
export function decimal(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value);
  return decimalShape.test(text) ? text : null;
}

/** Nearly every id: one test recognises it. */
const plainId = /^[!-~]{1,64}$/;

/**
 * Up to 255 characters, as Stripe promises, of any script: ids of customers, plans and coupons are the merchant's own
 * words. Without controls and half characters, which no id needs and no log or table should meet.
 */
const idShape = /^[^\p{Cc}\p{Cs}]{1,255}$/u;

/** An id, bare or of an expanded object. */
export function id(value: unknown): string | null {
  const text = isFields(value) ? value.id : value;
  return typeof text === 'string' && (plainId.test(text) || idShape.test(text)) ? text : null;
}

/** Ids of accounts are Stripe's own words; keys of tables and names of emails are made of them. */
const accountShape = /^[\w./-]{1,255}$/;

/**
 * The connected account an event is of, `self` when it names none.
 * @returns null when it names one that can't be read, or as an operator names one: its events must not pass for our own
 */
export function accountId(value: unknown): string | null {
  if (value === undefined || value === null) return 'self';
  const isNamed = typeof value === 'string' && accountShape.test(value);
  return isNamed && stripeAccountOf(value).connectedAccount === value ? value : null;
}

/** Lower-case ISO 4217. */
export function currency(value: unknown): string | null {
  return typeof value === 'string' && /^[a-z]{3}$/i.test(value) ? value.toLowerCase() : null;
}

/** A text for people. */
export function text(value: unknown): string | null {
  return typeof value === 'string' ? cleanText(value) : null;
}

/** Every element read, or null: a list with one unreadable element, or too long a one, proves nothing. */
export function list<Item>(
  value: unknown,
  maxLength: number,
  read: (element: Fields) => Item | null,
): Item[] | null {
  if (!Array.isArray(value) || value.length > maxLength) return null;
  const items: Item[] = [];
  for (const element of value) {
    const item = isFields(element) ? read(element) : null;
    if (item === null) return null;
    items.push(item);
  }
  return items;
}

/**
 * A value without which the event is of no use.
 * @throws UnreadableEventError naming `path`
 */
export function needed<Value>(value: Value | null, path: string): Value {
  if (value === null) throw new UnreadableEventError(path);
  return value;
}
