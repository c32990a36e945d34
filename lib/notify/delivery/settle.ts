import type { Delivery, DeliveryReader } from '../../domain/finding/delivery.ts';
import { hourSec } from '../../domain/time.ts';
import type { Answer } from '../receivers/receiver.ts';

/** It is not known whether it was taken, and it was sent as often as allowed. */
export const unconfirmed = 'unconfirmed';

/** The first, and once more: a reader gets an email twice at most. */
const mostUnknown = 2;

/** Writes the intent: it is being sent to this reader. */
export function intend(delivery: Delivery, address: string, atSec: number): Delivery {
  return changed(delivery, address, (reader) => {
    const isAnew = reader.state === 'parked' || isExhausted(reader); // a person asks for it
    return { state: 'sending', unknown: isAnew ? 1 : reader.unknown + 1, atSec };
  });
}

/** Writes the answer. Without one, the intent stays: it may have been taken. */
export function settle(delivery: Delivery, address: string, answer: Answer, atSec: number): Delivery {
  if (answer === 'unanswered') return delivery;
  if (answer === 'taken') return changed(delivery, address, () => ({ state: 'taken', unknown: 0, atSec }));
  const { fault, code } = answer;
  const back = changed(delivery, address, ({ unknown }) => {
    const isDoubtful = unknown > 1; // refused now; the time before is unknown
    return { state: isDoubtful ? 'sending' : 'waiting', unknown: unknown - 1, atSec, code };
  });
  return fault === 'ours' ? parkAll(back, code, atSec) : back;
}

export function park(delivery: Delivery, address: string, code: string, atSec: number): Delivery {
  return changed(delivery, address, () => ({ state: 'parked', code, atSec }));
}

/** Parks it for all that have not got it: it can't be built. */
export function parkAll(delivery: Delivery, code: string, atSec: number): Delivery {
  const readers = delivery.readers.map((one) => (isOpen(one) ? parkedAs(one, code, atSec) : one));
  return { ...delivery, readers };
}

/** Leaves out readers that the settings no longer name. */
export function withoutGone(delivery: Delivery, named: readonly string[]): Delivery {
  return {
    ...delivery,
    readers: delivery.readers.filter((one) => !isOpen(one) || named.includes(one.address)),
  };
}

/** True when the reader has not got it, as far as is known. */
export function isOpen({ state }: DeliveryReader): boolean {
  return state !== 'taken';
}

/** True when this was sent, and no more will be known. */
export function isReached({ state, code }: DeliveryReader): boolean {
  return state === 'taken' || (state === 'parked' && code === unconfirmed);
}

/** True when it was sent once more without an answer: only a person has it sent again. */
export function isExhausted({ state, unknown }: DeliveryReader): boolean {
  return state === 'sending' && unknown >= mostUnknown;
}

/** True when a parked message may be tried again. What may have arrived twice waits for a person. */
export function isParkedDue(
  { state, code, atSec }: DeliveryReader,
  nowSec: number,
  isRetry: boolean,
): boolean {
  return state === 'parked' && (isRetry || (code !== unconfirmed && atSec + hourSec <= nowSec));
}

function parkedAs(reader: DeliveryReader, code: string, atSec: number): DeliveryReader {
  return { ...reader, state: 'parked', code, atSec };
}

function changed(
  delivery: Delivery,
  address: string,
  change: (reader: DeliveryReader) => Partial<DeliveryReader>,
): Delivery {
  const readers = delivery.readers.map((one) => (one.address === address ? { ...one, ...change(one) } : one));
  return { ...delivery, readers };
}
