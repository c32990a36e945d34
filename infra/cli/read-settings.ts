import { readFileSync } from 'node:fs';
import type { Settings } from '../../lib/detectors/settings.ts';
import { parseSettings } from '../../lib/parse-settings.ts';
import { FileError } from './file-error.ts';

/**
 * The settings in a file of JSON: on their own, or under `context.billingwatch.detection` as in cdk.json.
 * @throws FileError that names the file and says what to mend
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
  const { context } = Object(json) as { context?: { billingwatch?: { detection?: unknown } } };
  return context?.billingwatch === undefined ? json : context.billingwatch.detection;
}
