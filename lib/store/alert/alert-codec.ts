import { gunzipSync, gzipSync } from 'node:zlib';
import type { Alert } from '../../domain/finding/alert.ts';

/** An alert as bytes: compressed JSON, usually under 1 KB. Fields that a newer release added are simply not there. */
export function encodeAlert(alert: Alert): Uint8Array {
  return gzipSync(JSON.stringify(alert));
}

/** @example decodeAlert(encodeAlert(alert)) // equals alert */
export function decodeAlert(bytes: Uint8Array): Alert {
  return JSON.parse(gunzipSync(bytes).toString('utf8')) as Alert; // written only by `encodeAlert`
}
