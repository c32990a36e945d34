import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { errorNames } from '../../lib/error-names.ts';
import { type Filing, fileAlert } from '../../lib/notify/file-alert.ts';
import { mailAllAlerts } from '../../lib/notify/mail-alerts.ts';
import { parseFinding } from '../../lib/notify/parse-finding.ts';
import { runMinutely, type Tending } from '../../lib/notify/run-minutely.ts';

/** By the clock, or by a person who asks for all that is held back to be tried at once: `{"retry": true}`. */
interface Invoked extends Partial<SQSEvent> {
  readonly retry?: boolean;
}

/** A batch of `alerts` is filed, and what is due is mailed; the clock, without a batch, looks after all of it. */
export function makeHandler(mailing: Filing & Tending, logger: Logger) {
  const log = (error: unknown) =>
    logger.error('Alerts were not filed or sent', { reasons: errorNames(error) });

  const file = async ({ messageId, body }: SQSRecord): Promise<SQSBatchItemFailure[]> => {
    const filing = async () => fileAlert(parseFinding(body), mailing);
    const failed = await filing().then(
      () => false,
      (error: unknown) => log(error) ?? true,
    );
    return failed ? [{ itemIdentifier: messageId }] : [];
  };

  return async ({ Records, retry }: Invoked, context: Context): Promise<SQSBatchResponse> => {
    const remainingMs = () => context.getRemainingTimeInMillis();
    if (Records === undefined) {
      await runMinutely(mailing, { remainingMs, isRetry: retry === true }).catch((error: unknown) => {
        log(error);
        throw error; // an alarm rings
      });
    }
    const failures = await Promise.all(Records?.map(file) ?? []);
    if (Records !== undefined) await mailAllAlerts(mailing, { remainingMs }).catch(log); // what is filed is safe
    return { batchItemFailures: failures.flat() };
  };
}
