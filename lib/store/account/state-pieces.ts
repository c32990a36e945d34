import { createHash } from 'node:crypto';
import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';

/** Most bytes of a piece: DynamoDB's 400 KB an item, less room for names and the other fields. */
const mostBytes = 300_000;

/**
 * Stores bytes that may not fit one item, as items next to it: `p` of the item names its pieces, each by its content.
 * They are written before the item that names them and removed after it names others. A crash between leaves pieces
 * that nothing reads until they expire, and no state without its pieces.
 */
export function statePieces(client: DynamoDBClient, TableName: string, pk: string) {
  const keyOf = (name: string) => ({ pk: { S: pk }, sk: { S: `state#${name}` } });
  return {
    /**
     * @param expiry fields of each piece: written with every put, so that a piece lives on while it is named
     * @returns the fields of the item that holds the bytes, or names who does
     */
    async put(
      bytes: Uint8Array,
      expiry: Record<string, AttributeValue>,
    ): Promise<Record<string, AttributeValue>> {
      if (bytes.length <= mostBytes) return { d: { B: bytes } };
      const names: AttributeValue[] = [];
      for (let start = 0; start < bytes.length; start += mostBytes) {
        const piece = bytes.subarray(start, start + mostBytes);
        const name = createHash('sha256').update(piece).digest('base64url').slice(0, 22);
        const Item = { ...keyOf(name), d: { B: piece }, ...expiry };
        await client.send(new PutItemCommand({ TableName, Item }));
        names.push({ S: name });
      }
      return { p: { L: names } };
    },

    /** Loads the bytes; undefined when a piece is gone: the item was written again since it was read. */
    async get({ d, p }: Record<string, AttributeValue>): Promise<Uint8Array | undefined> {
      if (d?.B !== undefined) return d.B;
      const pieces: Uint8Array[] = [];
      for (const name of namesIn(p)) {
        const get = new GetItemCommand({ TableName, Key: keyOf(name), ConsistentRead: true });
        const piece = (await client.send(get)).Item?.d?.B;
        if (piece === undefined) return undefined;
        pieces.push(piece);
      }
      return Buffer.concat(pieces);
    },

    /** @param names what an item named that is no more */
    async forget(names: readonly string[], { p }: Record<string, AttributeValue>): Promise<void> {
      for (const name of names)
        if (!namesIn(p).includes(name))
          await client.send(new DeleteItemCommand({ TableName, Key: keyOf(name) }));
    },
  };
}

/** @example namesIn({ L: [{ S: 'a' }] }) // ['a'] */
export function namesIn(names: AttributeValue | undefined): readonly string[] {
  return names?.L?.flatMap(({ S }) => S ?? []) ?? [];
}
