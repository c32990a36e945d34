import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** A request as API Gateway hands it over: the fields that our functions read. */
export type HttpRequest = Pick<
  APIGatewayProxyEventV2,
  'body' | 'headers' | 'isBase64Encoded' | 'pathParameters' | 'queryStringParameters'
> & { readonly method: string };

/** One request that only an attacker sends, and what answers are allowed. */
export interface HostileRequest {
  readonly door: 'webhook' | 'page';
  /** What is wrong with it, for the report. */
  readonly kind: string;
  /** Made when it is sent: some are megabytes. */
  readonly request: () => HttpRequest;
  /** The statuses that the design allows; never a 5xx. */
  readonly answers: readonly number[];
  /** May anything come of it: a message in a queue, a write to the table? Never without the secret. */
  readonly mayAct: boolean;
}

/** Stands in every body, name and signature that is sent, and may stand in no log. */
export const canary = 'c4n4ry!<i>';
