import { parseArgs } from 'node:util';

export const backfillUsage = `STRIPE_API_KEY=rk_live_... npm run backfill -- --since 2025-11-01 --table NAME

  --since DATE    the first day to read (UTC)
  --table NAME    where the records go: the stack's output TableName
  --dry-run       read and report, write no records; needs no table
  --account ID    a connected account's past, acct_..., instead of the key's own

The key may be restricted to reading charges, credit notes, disputes, invoices and subscriptions. What is interrupted
resumes where it stopped. The report is written to backfill-<since>-<mode>/first-day-report.txt.`;

export interface BackfillFlags {
  readonly sinceSec: number;
  /** Undefined: nothing is written. */
  readonly table: string | undefined;
  /** `self` for the key's own. */
  readonly account: string;
}

/**
 * Undefined when what was typed can't be understood.
 * @example backfillFlags(['--since', '2025-11-01', '--dry-run']) // { sinceSec: 1761955200, table: undefined, account: 'self' }
 */
export function backfillFlags(args: string[]): BackfillFlags | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: {
        since: { type: 'string', default: '' },
        table: { type: 'string' },
        account: { type: 'string', default: 'self' },
        'dry-run': { type: 'boolean', default: false },
      },
    });
    const { since, table, account, 'dry-run': isDry } = values;
    const sinceSec = /^\d{4}-\d\d-\d\d$/.test(since) ? Date.parse(since) / 1000 : Number.NaN;
    const isAccount = /^(self|acct_\w+)$/.test(account);
    if (Number.isNaN(sinceSec) || !isAccount || isDry !== (table === undefined)) return undefined;
    return { sinceSec, table, account };
  } catch {
    return undefined;
  }
}
