import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AccessControl, Denial } from './access-control.ts';
import type { Service } from './accesses-of.ts';
import { answerDenied } from './answer-denied.ts';
import { operatorCredentials } from './operator-credentials.ts';
import { serviceCall } from './service-call.ts';

/**
 * Puts IAM in front of a server: it hears only of the calls that the caller's role allows. It sees the same request, on
 * the same connection. What has no AWS signature goes through: the server refuses it, or shows its page to a browser.
 */
export function guard(
  server: Server,
  service: Service,
  control: AccessControl,
  onDenied: (denial: Denial) => void,
): void {
  const handlers = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const handle = () => {
      for (const handler of handlers) Reflect.apply(handler, server, [request, response]);
    };
    const keyId = accessKeyIdOf(request);
    if (keyId === undefined || keyId === operatorCredentials.accessKeyId) return handle();
    readAhead(request, (body) => {
      const denial = control.check(keyId, serviceCall(service, request.headers, body));
      if (denial === undefined) return handle();
      onDenied(denial);
      answerDenied(response, service, denial.message);
    });
  });
}

/** From `AWS4-HMAC-SHA256 Credential=<id>/20261201/us-east-1/sqs/aws4_request, ...` */
function accessKeyIdOf({ headers }: IncomingMessage): string | undefined {
  return /\bCredential=([^/,\s]+)\//.exec(headers.authorization ?? '')?.[1];
}

/** Reads the whole body, and puts it back for the server to read. */
function readAhead(request: IncomingMessage, onBody: (body: Buffer) => void): void {
  const length = Number(request.headers['content-length'] ?? 0);
  const chunks: Buffer[] = [];
  let bytes = 0;
  const done = (): void => {
    request.removeListener('readable', take);
    const body = Buffer.concat(chunks);
    if (body.length > 0) request.unshift(body);
    onBody(body);
  };
  const take = (): void => {
    while (bytes < length) {
      const chunk: Buffer | null = request.read();
      if (chunk === null) return; // more is on the way
      chunks.push(chunk);
      bytes += chunk.length;
    }
    done(); // before the stream ends: after that nothing can be put back
  };
  if (length === 0) done();
  else request.on('readable', take);
}
