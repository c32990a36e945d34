import type { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type FeedbackDeps, serveFeedback } from '../../lib/feedback/serve-feedback.ts';
import { pageHeaders } from '../../lib/message/markup/page-of.ts';
import { errorPage } from '../../lib/message/page/feedback-refusals.ts';

/** An HTTP API's request for the page of an alert in, the page out. */
export function makeHandler(deps: FeedbackDeps, logger: Logger) {
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { method } = event.requestContext.http;
    const request = {
      method,
      token: event.pathParameters?.token ?? '',
      action: event.queryStringParameters?.action,
      body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8').toString('utf8'),
    };
    const answer = await serveFeedback(request, deps).catch((error: unknown) => {
      logger.error('A page could not be served', { reason: Object(error).name }); // its message may hold names
      return { statusCode: 500, body: errorPage };
    });
    return { ...answer, headers: pageHeaders, ...(method === 'HEAD' && { body: '' }) };
  };
}
