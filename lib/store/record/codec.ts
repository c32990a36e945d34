import type { Part } from '../../domain/record/customer-record.ts';
import type { Observation, Series, Verdict } from '../../domain/record/series.ts';
import { InfrastructureError } from '../../infrastructure-error.ts';
import { type ByteReader, byteReader, byteWriter } from '../bytes.ts';

/**
 * A part of a customer's record as bytes. Layout, version 1; every integer is a varint (LEB128):
 *
 *   version, number of series, then for each in the order of its key:
 *     length of the key, key (UTF-8), number of observations, then for each, oldest first:
 *       seconds since the one before, hash (5 bytes), value less the one before (zigzag),
 *       revision * 8 + voided * 4 + verdict
 *
 * Equal parts give equal bytes. A typical observation takes 10 to 16 bytes.
 */
const version = 1;
const verdicts: readonly Verdict[] = ['none', 'expected', 'error'];

/** Thrown when the record was written by a newer release: deploy that release again. */
export class RecordVersionError extends InfrastructureError {
  constructor(found: number) {
    super(
      `A customer record has version ${found}; this release reads ${version}. Deploy the newer release again.`,
    );
    this.name = 'RecordVersionError';
  }
}

/** For example, `decodePart(encodePart(part))` equals part. */
export function encodePart(part: Part): Uint8Array {
  const out = byteWriter();
  out.varint(version);
  out.varint(part.size);
  for (const [key, series] of [...part].sort(([a], [b]) => (a < b ? -1 : 1))) {
    out.text(key);
    out.varint(series.length);
    let before = { atSec: 0, value: 0 };
    for (const observation of series) {
      out.varint(observation.atSec - before.atSec);
      out.fixed(observation.hash, 5);
      out.zigzag(observation.value - before.value);
      out.varint(
        observation.revision * 8 + (observation.voided ? 4 : 0) + verdicts.indexOf(observation.verdict),
      );
      before = observation;
    }
  }
  return out.bytes();
}

/** Reads a part, written by `encodePart`. @throws {RecordVersionError} the bytes are of another version */
export function decodePart(bytes: Uint8Array): Part {
  const input = byteReader(bytes);
  const found = input.varint();
  if (found !== version) throw new RecordVersionError(found);
  const part = new Map<string, Series>();
  for (let left = input.varint(); left > 0; left -= 1) {
    const key = input.text();
    part.set(key, decodeSeries(input));
  }
  return part;
}

function decodeSeries(input: ByteReader): Series {
  const series: Observation[] = [];
  let before = { atSec: 0, value: 0 };
  for (let left = input.varint(); left > 0; left -= 1) {
    const atSec = before.atSec + input.varint();
    const hash = input.fixed(5);
    const value = before.value + input.zigzag();
    const state = input.varint();
    const flags = state % 8;
    const verdict = verdicts[flags % 4] ?? 'none';
    before = { atSec, value };
    series.push({ atSec, hash, value, revision: Math.floor(state / 8), voided: flags >= 4, verdict });
  }
  return series;
}
