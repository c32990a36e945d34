import { type AccountFact, accountFactNames } from '../../domain/account/account-facts-of.ts';
import { hourOf } from '../../domain/account/hour-counts.ts';
import { hourSec } from '../../domain/time.ts';
import { byteReader, byteWriter } from '../bytes.ts';

/**
 * The account facts of one hour as bytes. Layout, version 1; every integer is a varint (LEB128):
 *
 *   version, number of facts, then for each: counter (its place among the names, times 2, plus 1 when a currency
 *   follows), currency, hash (5 bytes), second of the hour, value (zigzag)
 *
 * Equal sets give equal bytes. A fact takes 9 to 16 bytes.
 */
const version = 1;

/** For example, `decodeAccountFacts(encodeAccountFacts(seen), hourOf(seen[0].atSec))` equals seen, sorted, each once. */
export function encodeAccountFacts(facts: readonly AccountFact[]): Uint8Array {
  const distinct = new Map(facts.map((fact) => [factKey(fact), fact]));
  const out = byteWriter();
  out.varint(version);
  out.varint(distinct.size);
  for (const [, { counter, currency, hash, atSec, value }] of [...distinct].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    out.varint(2 * accountFactNames.indexOf(counter) + (currency === '' ? 0 : 1));
    if (currency !== '') out.text(currency);
    out.fixed(hash, 5);
    out.varint(atSec - hourOf(atSec) * hourSec);
    out.zigzag(value);
  }
  return out.bytes();
}

/**
 * Reads the facts of an hour, written by `encodeAccountFacts`.
 * @param hour that the facts were in
 * @throws {RangeError} the bytes are of another version, or end too early
 */
export function decodeAccountFacts(bytes: Uint8Array, hour: number): readonly AccountFact[] {
  const input = byteReader(bytes);
  if (input.varint() !== version) throw new RangeError('The facts are of a newer release: deploy that.');
  const facts: AccountFact[] = [];
  for (let left = input.varint(); left > 0; left -= 1) {
    const head = input.varint();
    const counter = accountFactNames[Math.floor(head / 2)];
    const currency = head % 2 === 1 ? input.text() : '';
    const seen = {
      currency,
      hash: input.fixed(5),
      atSec: hour * hourSec + input.varint(),
      value: input.zigzag(),
    };
    if (counter !== undefined) facts.push({ counter, ...seen }); // an unknown counter: a newer release uses it
  }
  return facts;
}

/** A key that is equal only for equal facts. */
function factKey({ counter, currency, hash, atSec, value }: AccountFact): string {
  return [counter, currency, hash, atSec, value].join(' ');
}
