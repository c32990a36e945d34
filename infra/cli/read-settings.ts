import { readFileSync } from 'node:fs';
import { parseSettings } from '../../lib/detectors/parse-settings.ts';
import { defaultSettings, type Settings } from '../../lib/detectors/settings.ts';
import { fields } from '../../lib/stripe/event/fields.ts';
import { FileError } from './replay/file-error.ts';

/**
 * The settings in a file of JSON: on their own, or under `context.billingwatch.detection` as in cdk.json, of which
 * the outer levels may be missing.
 * @throws FileError that names the file and says what to correct
 */
export function readSettings(file: string): Settings {
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return parseSettings(detectionIn(json));
  } catch (error) {
    throw new FileError(file, error);
  }
}

function detectionIn(json: unknown): unknown {
  const { billingwatch } = 'context' in fields(json) ? fields(fields(json).context) : fields(json);
  if (billingwatch !== undefined) return fields(billingwatch).detection;
  if (!('detection' in fields(json))) return json;
  const misplaced = Object.keys(fields(json)).find((name) => name in defaultSettings);
  if (misplaced === undefined) return fields(json).detection;
  throw new Error(`${misplaced} is next to detection: move it inside.`);
}
