import { parseArgs } from 'node:util';

export const forgetUsage = `npm run forget -- cus_... --table NAME [--account acct_...] [--test-mode] [--yes]

  --table NAME    the stack's output TableName
  --account ID    the connected account that the customer is of
  --test-mode     the customer of test mode, instead of live mode
  --yes           delete; without it, nothing is deleted and what would be is counted

Deletes what the table holds of one customer: the record, renewals, alerts, answers. A guest is card_<fingerprint>. First
redact the customer in Stripe, or its next event is learned again. docs/security.md says what lies elsewhere.`;

export interface ForgetFlags {
  readonly customer: string;
  readonly table: string;
  /** `self` for the key's own. */
  readonly account: string;
  readonly livemode: boolean;
  readonly isDry: boolean;
}

/**
 * Undefined when what was typed can't be understood.
 * @example forgetFlags(['cus_1', '--table', 'T']) // { customer: 'cus_1', table: 'T', account: 'self', livemode: true, isDry: true }
 */
export function forgetFlags(args: string[]): ForgetFlags | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        table: { type: 'string', default: '' },
        account: { type: 'string', default: 'self' },
        'test-mode': { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
      },
    });
    const { table, account, 'test-mode': isTest, yes } = values;
    const [customer = '', ...more] = positionals;
    const isAccount = /^(self|acct_\w+)$/.test(account);
    if (customer === '' || more.length > 0 || table === '' || !isAccount) return undefined;
    return { customer, table, account, livemode: !isTest, isDry: !yes };
  } catch {
    return undefined;
  }
}
