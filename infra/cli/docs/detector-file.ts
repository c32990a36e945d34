import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(__dirname, '../../../lib/detectors');

/**
 * The file that defines a detector, in whatever room it is: its id is the file's name.
 * @example detectorFile('tax-change') // '/.../lib/detectors/invoice/tax-change.ts'
 */
export function detectorFile(id: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const file = files.find((name) => name === `${id}.ts` || name.endsWith(`/${id}.ts`));
  if (file === undefined) throw new Error(`No file under lib/detectors is named ${id}.ts.`);
  return join(folder, file);
}
