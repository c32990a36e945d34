import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Fields } from '../../../lib/stripe/event/fields.ts';
import type { StripeLedger } from '../../../lib/stripe/stripe-ledger.ts';

const daySec = 86_400;

/** All that a day of Stripe's books implies events of; refunds come with their charges. */
const daily = ['invoices', 'charges', 'disputes', 'credit_notes'] as const;

/**
 * The objects that Stripe made in each day (UTC) of a time, day by day, each day read once: it is kept as a file, so
 * that a run that was interrupted resumes where it stopped. They hold customers' data: `remove` them when all is done.
 */
export function dayFiles(ledger: StripeLedger, account: string, folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });

  async function readDay(fromSec: number, toSec: number): Promise<readonly Fields[]> {
    const isOver = toSec === fromSec + daySec;
    const file = join(folder, `${new Date(fromSec * 1000).toISOString().slice(0, 10)}.json.gz`);
    if (isOver && existsSync(file)) return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
    const objects: Fields[] = [];
    for (const what of daily) {
      const some = await ledger.objects(what, account, { fromSec, toSec }, Number.POSITIVE_INFINITY);
      objects.push(...(some ?? []));
    }
    if (isOver) {
      writeFileSync(`${file}.part`, gzipSync(JSON.stringify(objects)), { mode: 0o600 });
      renameSync(`${file}.part`, file); // a file is whole or not there
    }
    return objects;
  }

  return {
    async *between(sinceSec: number, untilSec: number) {
      for (let fromSec = sinceSec; fromSec < untilSec; fromSec += daySec) {
        const toSec = Math.min(fromSec + daySec, untilSec);
        yield { toSec, objects: await readDay(fromSec, toSec) };
      }
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
