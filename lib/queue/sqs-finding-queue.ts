import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type Finding, findingShape } from '../domain/finding/finding.ts';
import { written } from '../domain/schema/stored-shape.ts';
import { InfrastructureError } from '../infrastructure-error.ts';
import { sqsJson } from './sqs-json.ts';

const batchSize = 10; // SQS's limit

/** Some findings were not taken: the events they come from go back, and are judged and sent again. */
export class FindingsNotSentError extends InfrastructureError {
  constructor(codes: readonly string[]) {
    super(
      `The alerts queue did not take ${codes.length} findings (${codes.join(', ')}). They are sent again.`,
    );
    this.name = 'FindingsNotSentError';
  }
}

/** SQS refuses a finding for its content, as it would each time: the event that it comes from can't be processed. */
export class FindingRefusedError extends Error {
  constructor() {
    super('The alerts queue refused a finding for its content.');
    this.name = 'FindingRefusedError';
  }
}

/**
 * Puts findings on the alerts queue, one message each; resolves when SQS has all of them.
 * @throws {FindingsNotSentError} SQS did not take some now
 * @throws {FindingRefusedError} it will take one of them at no time
 */
export function sqsFindingQueue(
  client: SQSClient,
  queueUrl: string,
): (findings: readonly Finding[]) => Promise<void> {
  return async (findings) => {
    for (let start = 0; start < findings.length; start += batchSize) {
      const batch = findings.slice(start, start + batchSize);
      const Entries = batch.map((finding, index) => ({
        Id: String(index),
        MessageBody: sqsJson(JSON.stringify(written(finding, findingShape.version))),
      }));
      const answer = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      const refused = answer.Failed ?? [];
      if (refused.some(({ SenderFault }) => SenderFault)) throw new FindingRefusedError();
      if (refused.length > 0) throw new FindingsNotSentError(refused.map(({ Code }) => Code ?? 'unknown'));
    }
  };
}
