import { gunzipSync, inflateRawSync } from 'node:zlib';
import type {
  AttributeValue,
  BatchWriteItemCommandInput,
  PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;

/** Something that was stored or sent, as text. */
export interface Kept {
  /** The name of the queue; `mail`; or of an item of the table, its kind: what stands before the first `#` of its key. */
  readonly place: string;
  readonly text: string;
  /** Of an item; undefined: never. */
  readonly expiresAtSec?: number;
}

/** The items that a command of our adapters writes. */
export function itemsIn(input: object): readonly Item[] {
  const { Item, RequestItems = {} } = input as Partial<PutItemCommandInput & BatchWriteItemCommandInput>;
  const requests = Object.values(RequestItems).flatMap((some) => (Array.isArray(some) ? some : []));
  return [Item, ...requests.map(({ PutRequest }) => PutRequest?.Item)].filter((item) => item !== undefined);
}

/** All of an item as text, also what is compressed. */
export function keptItem(item: Item): Kept {
  const place = item.pk?.S?.split('#')[0] ?? '';
  const plain = place === 'recent' ? inflateRawSync : unzipped; // raw, without a head that says so
  const texts = Object.values(item).map(
    ({ S, N, B }) => S ?? N ?? (B === undefined ? '' : plain(B).toString()),
  );
  return { place, text: texts.join('\n'), ...(item.ttl?.N && { expiresAtSec: Number(item.ttl.N) }) };
}

/** One of each for an account, and no word of a customer but ids: docs/security.md names them. */
export function neverExpires({ pk, sk }: Item): boolean {
  return (
    /^(turn#|outboxes$|deliveries$)/.test(pk?.S ?? '') || sk?.S === 'certificate' || sk?.S === 'calibration'
  );
}

function unzipped(bytes: Uint8Array): Buffer {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return Buffer.from(isGzip ? gunzipSync(bytes) : bytes);
}
