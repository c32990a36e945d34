import type { Logger } from '@aws-lambda-powertools/logger';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parseFinding } from '../../lib/alert/parse-finding.ts';
import { type DeliveryDeps, deliverAlert } from '../../lib/deliver-alert.ts';

/** A batch of `alerts`, side by side: what was not sent, and is not sent elsewhere, goes back by itself. */
export function makeHandler(deps: DeliveryDeps, logger: Logger) {
  return async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const areDone = await Promise.all(Records.map(isDone));
    const goBack = Records.filter((_record, index) => !areDone[index]);
    return { batchItemFailures: goBack.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };

  async function isDone({ messageId, body }: SQSRecord): Promise<boolean> {
    try {
      const delivery = await deliverAlert(parseFinding(body), deps);
      if (delivery === 'sent_unrecorded') logger.warn('An alert was sent but not recorded', { messageId });
      return delivery !== 'held';
    } catch (error) {
      // The name only: SES and JSON quote addresses and bodies in their messages.
      logger.error('An alert was not sent; it goes back', { messageId, reason: nameOf(error) });
      return false;
    }
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
