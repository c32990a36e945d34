import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Service } from './accesses-of.ts';

/** Refuses a call as the service does: the SDK makes the same error of it as on AWS. */
export function answerDenied(response: ServerResponse, service: Service, message: string): void {
  if (service === 'ses') {
    response.writeHead(403, { 'content-type': 'text/xml' }).end(sesError(message));
    return;
  }
  const version = service === 'secretsmanager' ? '1.1' : '1.0';
  response
    .writeHead(service === 'sqs' ? 403 : 400, {
      'content-type': `application/x-amz-json-${version}`,
      ...(service === 'sqs' && { 'x-amzn-query-error': 'AccessDenied;Sender' }), // the code of the older protocol
    })
    .end(JSON.stringify({ __type: 'com.amazon.coral.service#AccessDeniedException', Message: message }));
}

function sesError(message: string): string {
  const text = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${text}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
}
