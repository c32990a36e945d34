import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { errorNames } from '../../lib/error-names.ts';
import { type Filing, fileQueued } from '../../lib/notify/file-alert.ts';
import { mailAllAlerts } from '../../lib/notify/mail-alerts.ts';
import { type MinutelyDeps, runMinutely } from '../../lib/notify/run-minutely.ts';

/** By the queue; by the clock, without records; or by a person, who has what is held back tried at once. */
type Invoked = Partial<SQSEvent> & { readonly retry?: boolean };

/** A batch of `alerts` is filed, and what is due is mailed; the clock, without a batch, looks after all of it. */
export function makeHandler(mailing: Filing & MinutelyDeps, logger: Logger) {
  const log = (error: unknown) =>
    logger.error('Alerts were not filed or sent', { reasons: errorNames(error) });
  const file = ({ messageId, body }: SQSRecord): Promise<SQSBatchItemFailure[]> =>
    fileQueued(body, mailing).then(
      () => [],
      (error: unknown) => log(error) ?? [{ itemIdentifier: messageId }],
    );

  return async ({ Records, retry = false }: Invoked, context: Context): Promise<SQSBatchResponse> => {
    const invocation = { remainingMs: () => context.getRemainingTimeInMillis(), isRetry: retry };
    const mailed = Records === undefined ? runMinutely(mailing, invocation) : undefined;
    await mailed?.catch((error: unknown) => Promise.reject(log(error) ?? error)); // an alarm rings
    const failures = await Promise.all(Records?.map(file) ?? []);
    if (Records !== undefined) await mailAllAlerts(mailing, invocation).catch(log); // what is filed is safe
    return { batchItemFailures: failures.flat() };
  };
}
