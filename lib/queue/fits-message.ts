import { sqsJson } from './sqs-json.ts';

/** SQS takes 1 MiB a message. */
const mostBytes = 1_000_000;

/**
 * A Stripe event as SQS takes it: as it is, or where it is too large, what it takes to fetch it again. A delivery that
 * no queue takes would be answered 5xx for three days, and hold the customer's invoices.
 * @param eventJson verified, so it is JSON
 */
export function fitsMessage(eventJson: string): string {
  const whole = sqsJson(eventJson);
  if (Buffer.byteLength(whole) <= mostBytes) return whole;
  const { id, type, created, account, livemode, api_version } = JSON.parse(eventJson);
  const omitted = `${Buffer.byteLength(whole)} bytes do not fit a message: stripe events retrieve ${id}`;
  return sqsJson(JSON.stringify({ id, type, created, account, livemode, api_version, omitted }));
}
