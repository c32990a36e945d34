import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parseFinding } from '../../lib/alert/parse-finding.ts';
import { type Mailing, mailAllAlerts } from '../../lib/mail-alerts.ts';

/** A batch of `alerts` is filed; then, and at the tick of each minute, what is due is mailed. */
export function makeHandler(mailing: Mailing, logger: Logger) {
  return async (event: Partial<SQSEvent>, context: Context): Promise<SQSBatchResponse> => {
    const failures = await Promise.all(event.Records?.map(file) ?? []);
    const mailed = mailAllAlerts(mailing, () => context.getRemainingTimeInMillis());
    await (event.Records ? mailed.catch(logFailure) : mailed); // what is filed is safe: only the tick fails, for its alarm
    return { batchItemFailures: failures.flat() };
  };

  async function file({ messageId, body }: SQSRecord): Promise<SQSBatchItemFailure[]> {
    try {
      await mailing.store.file(parseFinding(body), mailing.nowSec());
      return [];
    } catch (error) {
      logFailure(error);
      return [{ itemIdentifier: messageId }];
    }
  }

  /** The names only: SES and JSON quote addresses and bodies in their messages. */
  function logFailure(error: unknown): void {
    const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
    logger.error('Alerts were not filed or not sent', { reasons: errors.map((one) => Object(one).name) });
  }
}
