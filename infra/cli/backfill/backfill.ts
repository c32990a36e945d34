import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAccountStore } from '../../../lib/store/account/dynamo-account-store.ts';
import { dynamoRecordStore } from '../../../lib/store/record/dynamo-record-store.ts';
import { dynamoRenewalCalendar } from '../../../lib/store/renewal/dynamo-renewal-calendar.ts';
import { sdkStripeLedger } from '../../../lib/stripe/sdk-stripe-ledger.ts';
import { stripeKeyFault } from '../../../lib/stripe/stripe-key-fault.ts';
import { judgesOf } from '../judges-of.ts';
import { progressLine } from '../progress-line.ts';
import { readSettings } from '../read-settings.ts';
import { watchOutput } from '../watch-output.ts';
import { type BackfillFlags, backfillFlags, backfillUsage } from './backfill-flags.ts';
import { runBackfill } from './run-backfill.ts';

/** Ten requests a second, of the 25 that Stripe takes in test mode: the rest is left to the business. */
const pace = { pauseMs: 100 };
const barWidth = 30;

watchOutput();
void backfill().then((exitCode) => {
  process.exitCode = exitCode;
});

async function backfill(): Promise<number> {
  const flags = backfillFlags(process.argv.slice(2));
  const stripeKey = process.env.STRIPE_API_KEY?.trim() ?? '';
  const fault = stripeKey === '' ? 'it is not set' : stripeKeyFault(stripeKey);
  if (flags === undefined || fault !== undefined) {
    if (fault !== undefined) console.error(`STRIPE_API_KEY is no key of Stripe's: ${fault}.\n`);
    console.error(backfillUsage);
    return 2;
  }
  const judges = judgesOf(readSettings('cdk.json'));
  const ledger = sdkStripeLedger(stripeKey, pace);
  let doing = '';
  const progress = progressLine(() => doing);
  try {
    const { report, file } = await runBackfill({
      ledger,
      ...flags,
      nowSec: Math.floor(Date.now() / 1000),
      judges: {
        ...judges,
        // A backfill receives no webhooks, so there is nothing to say about them.
        accountDetectors: judges.accountDetectors.filter(({ id }) => !id.startsWith('webhook-')),
      },
      stores: storesOf(flags),
      folder: folderOf(flags, ledger.livemode),
      onProgress: (what, share) => {
        const done = Math.round(share * barWidth);
        doing = `[${'#'.repeat(done)}${'-'.repeat(barWidth - done)}] ${Math.round(100 * share)} % ${what}`;
      },
      onUnreadable: progress.say,
    });
    progress.clear();
    console.log(report);
    progress.say(`The report is in ${file}.${flags.table === undefined ? ' No records were written.' : ''}`);
    return 0;
  } catch (error) {
    progress.say(
      `${error instanceof Error ? error.message : error}\nRun it again: it resumes where it stopped.`,
    );
    return 1;
  } finally {
    progress.stop();
  }
}

function storesOf({ table }: BackfillFlags) {
  if (table === undefined) return undefined;
  const client = new DynamoDBClient({ maxAttempts: 10 });
  return {
    records: dynamoRecordStore(client, table),
    accounts: dynamoAccountStore(client, table),
    calendar: dynamoRenewalCalendar(client, table),
  };
}

function folderOf({ sinceSec, account }: BackfillFlags, livemode: boolean): string {
  const since = new Date(sinceSec * 1000).toISOString().slice(0, 10);
  const whose = account === 'self' ? [] : [account];
  return ['backfill', since, livemode ? 'live' : 'test', ...whose].join('-');
}
