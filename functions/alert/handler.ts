import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parseFinding } from '../../lib/alert/parse-finding.ts';
import { type DeliveryDeps, deliverAlert } from '../../lib/deliver-alert.ts';

/** A batch of `alerts`, one after the other, as SES counts emails a second: what is not done goes back by itself. */
export function makeHandler(deps: DeliveryDeps, slowestDeliveryMs: number, logger: Logger) {
  return async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const record of Records) {
      const hasTime = context.getRemainingTimeInMillis() >= slowestDeliveryMs;
      if (!(hasTime && (await isDone(record)))) batchItemFailures.push({ itemIdentifier: record.messageId });
    }
    return { batchItemFailures };
  };

  async function isDone({ messageId, body }: SQSRecord): Promise<boolean> {
    try {
      const delivery = await deliverAlert(parseFinding(body), deps);
      if (delivery === 'sent_unrecorded') logger.warn('An alert was sent but not recorded', { messageId });
      return delivery !== 'held';
    } catch (error) {
      // The name only: SES and JSON quote addresses and bodies in their messages.
      const reason = error instanceof Error ? error.name : 'unknown';
      logger.error('An alert was not sent; it goes back', { messageId, reason });
      return false;
    }
  }
}
