import type { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { receiveWebhook, type WebhookDeps } from '../../lib/ingest/receive-webhook.ts';

const answers = {
  accepted: { statusCode: 200, body: 'accepted' },
  rejected: { statusCode: 400, body: 'rejected' },
  failed: { statusCode: 500, body: 'try again' },
};

type HttpRequest = Pick<APIGatewayProxyEventV2, 'body' | 'headers' | 'isBase64Encoded'>;

/** An HTTP API's request in, its answer out: 200 it is ours now, 400 it is not Stripe's, 500 send it again. */
export function makeHandler(deps: WebhookDeps, logger: Logger) {
  return async (request: HttpRequest): Promise<APIGatewayProxyStructuredResultV2> => {
    const body = Buffer.from(request.body ?? '', request.isBase64Encoded ? 'base64' : 'utf8');
    try {
      return answers[await receiveWebhook({ body, signature: request.headers['stripe-signature'] }, deps)];
    } catch (error) {
      logger.error('A delivery could not be taken; Stripe will send it again', { reason: String(error) });
      return answers.failed;
    }
  };
}
