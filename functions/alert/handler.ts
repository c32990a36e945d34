import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { errorNames } from '../../lib/error-names.ts';
import { type Filing, fileQueued } from '../../lib/notify/file-alert.ts';
import { mailAllAlerts } from '../../lib/notify/mail-alerts.ts';
import { type MinutelyDeps, runMinutely } from '../../lib/notify/run-minutely.ts';
import { type HeldMessage, heldMessage } from '../../lib/queue/held-message.ts';
import { type ConsumerDeps, queueConsumer } from '../../lib/queue/queue-consumer.ts';

/** By the queue; by the clock, without records; or by a person, who has what is held back tried at once. */
type Invoked = Partial<SQSEvent> & { readonly retry?: boolean };

/** A batch of `alerts` is filed, and what is due is mailed; the clock, without a batch, looks after all of it. */
export function makeHandler(mailing: Filing & MinutelyDeps, deps: ConsumerDeps) {
  const log = (error: unknown) => deps.log('Alerts were not sent', { reasons: errorNames(error) });
  const file = async (some: readonly HeldMessage[]) => {
    await Promise.all(some.map(({ body }) => fileQueued(body, mailing)));
  };

  return async ({ Records, retry = false }: Invoked, context: Context): Promise<SQSBatchResponse> => {
    const invocation = { remainingMs: () => context.getRemainingTimeInMillis(), isRetry: retry };
    if (Records === undefined) {
      await runMinutely(mailing, invocation).catch((error) => Promise.reject(log(error) ?? error)); // an alarm rings
      return { batchItemFailures: [] };
    }
    const consumer = queueConsumer(deps, invocation.remainingMs());
    const answer = await consumer.answer((await consumer.process(Records.map(heldMessage), file)).left);
    await mailAllAlerts(mailing, invocation).catch(log); // what is filed is safe
    return answer;
  };
}
