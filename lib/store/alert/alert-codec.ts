import { gunzipSync, gzipSync } from 'node:zlib';
import { type Alert, alertShape } from '../../domain/finding/alert.ts';
import { findingShape } from '../../domain/finding/finding.ts';
import { readStored, written } from '../../domain/schema/stored-shape.ts';

/** An alert as bytes: compressed JSON, usually under 1 KB. */
export function encodeAlert(alert: Alert): Uint8Array {
  const finding = written(alert.finding, findingShape.version);
  return gzipSync(JSON.stringify(written({ ...alert, finding }, alertShape.version)));
}

/**
 * For example, `decodeAlert(encodeAlert(alert))` equals alert.
 * @throws {NewerVersionError} a newer release wrote it
 * @throws {MalformedValueError} the bytes hold no alert
 */
export function decodeAlert(bytes: Uint8Array): Alert {
  const alert = readStored(alertShape, JSON.parse(gunzipSync(bytes).toString('utf8')));
  return { ...alert, finding: readStored(findingShape, alert.finding) };
}
