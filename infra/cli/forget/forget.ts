import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { watchOutput } from '../watch-output.ts';
import { forgetCustomer } from './forget-customer.ts';
import { forgetFlags, forgetUsage } from './forget-flags.ts';

watchOutput();
void forget().then((exitCode) => {
  process.exitCode = exitCode;
});

async function forget(): Promise<number> {
  const flags = forgetFlags(process.argv.slice(2));
  if (flags === undefined) {
    console.error(forgetUsage);
    return 2;
  }
  const { table, isDry, ...key } = flags;
  try {
    const { items, unreadable } = await forgetCustomer(new DynamoDBClient({}), table, key, isDry);
    for (const [what, count] of items) console.log(`${String(count).padStart(6)}  ${what}`);
    const done = isDry ? 'would be deleted; --yes deletes it' : 'deleted';
    console.log(
      items.size === 0 ? 'The table holds nothing of this customer.' : `Of this customer: ${done}.`,
    );
    if (unreadable === 0) return 0;
    console.error(`${unreadable} alerts can't be read by this release: run the release that is deployed.`);
    return 1;
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : error}\nRun it again: it goes on with what is left.`,
    );
    return 1;
  }
}
