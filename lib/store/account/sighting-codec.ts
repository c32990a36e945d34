import { hourOf } from '../../domain/account/hour-counts.ts';
import { type Sighting, sightingNames } from '../../domain/account/sightings-of.ts';
import { byteReader, byteWriter } from '../bytes.ts';

/**
 * Sightings of one hour as bytes. Layout, version 1; every integer is a varint (LEB128):
 *
 *   version, number of sightings, then for each: tally (its place among the names, times 2, plus 1 when a currency
 *   follows), currency, hash (5 bytes), second of the hour, value (zigzag)
 *
 * Equal sets give equal bytes. A sighting takes 9 to 16 bytes.
 */
const version = 1;

/** @example decodeSightings(encodeSightings(seen), hourOf(seen[0].atSec)) // equals seen, sorted, each once */
export function encodeSightings(sightings: readonly Sighting[]): Uint8Array {
  const distinct = new Map(sightings.map((sighting) => [sightingKey(sighting), sighting]));
  const out = byteWriter();
  out.varint(version);
  out.varint(distinct.size);
  for (const [, { tally, currency, hash, atSec, value }] of [...distinct].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    out.varint(2 * sightingNames.indexOf(tally) + (currency === '' ? 0 : 1));
    if (currency !== '') out.text(currency);
    out.fixed(hash, 5);
    out.varint(atSec - hourOf(atSec) * 3600);
    out.zigzag(value);
  }
  return out.bytes();
}

/** @param hour that the sightings were in; @throws {RangeError} the bytes are of another version, or end too early */
export function decodeSightings(bytes: Uint8Array, hour: number): readonly Sighting[] {
  const input = byteReader(bytes);
  if (input.varint() !== version) throw new RangeError('The sightings are of a newer release: deploy that.');
  const sightings: Sighting[] = [];
  for (let left = input.varint(); left > 0; left -= 1) {
    const head = input.varint();
    const tally = sightingNames[Math.floor(head / 2)];
    const currency = head % 2 === 1 ? input.text() : '';
    const seen = {
      currency,
      hash: input.fixed(5),
      atSec: hour * 3600 + input.varint(),
      value: input.zigzag(),
    };
    if (tally !== undefined) sightings.push({ tally, ...seen }); // else a newer release counts it
  }
  return sightings;
}

/** Equal for equal sightings alone. */
function sightingKey({ tally, currency, hash, atSec, value }: Sighting): string {
  return [tally, currency, hash, atSec, value].join(' ');
}
