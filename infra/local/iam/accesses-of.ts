import * as z from 'zod/mini';
import { arn } from '../stack/names.ts';
import { dynamodbAccesses } from './dynamodb-accesses.ts';
import type { IamModel } from './iam-model.ts';
import type { Access } from './policy.ts';
import { sesAccesses } from './ses-accesses.ts';

export type Service = 'dynamodb' | 'sqs' | 'ses' | 'secretsmanager';

/** A call of an AWS API, with its input in the SDK's names. */
export interface ServiceCall {
  readonly service: Service;
  /** e.g. `PutItem` */
  readonly operation: string;
  readonly input: unknown;
}

/**
 * What IAM is asked about a call: each access has to be allowed.
 * @throws when the call is of a kind that is not known here
 */
export function accessesOf({ service, operation, input }: ServiceCall, model: IamModel): readonly Access[] {
  if (service === 'dynamodb') return dynamodbAccesses(operation, input, model);
  if (service === 'ses') return sesAccesses(operation, input, model);
  if (service === 'sqs') return [sqsAccess(operation, input)];
  const { SecretId } = secretInput.parse(input);
  return [{ action: `secretsmanager:${operation}`, resource: SecretId }];
}

const secretInput = z.object({ SecretId: z.string() });
const queueInput = z.object({ QueueUrl: z.string() });

/** IAM has no actions for batches: `SendMessageBatch` is `sqs:SendMessage`. */
function sqsAccess(operation: string, input: unknown): Access {
  const queueName = queueInput.parse(input).QueueUrl.split('/').at(-1) ?? '';
  return { action: `sqs:${operation.replace(/Batch$/, '')}`, resource: arn('sqs', queueName) };
}
