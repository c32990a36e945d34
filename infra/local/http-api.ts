import { isUtf8 } from 'node:buffer';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import type { LambdaFunction } from './lambda/lambda-function.ts';
import { closeServer, listenOnLoopback } from './servers/loopback-server.ts';

/** API Gateway's own limit for an HTTP API. */
const maxBodyBytes = 10 * 1024 * 1024;
const textual = /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded)|[^;]*\+(json|xml)\b)/;

export interface HttpRoute {
  readonly method: string;
  /** A part in braces, as in `/alerts/{token}`, stands for any one part of a path; `{rest+}` for all that is left. */
  readonly path: string;
  readonly target: LambdaFunction;
}

export interface HttpApi {
  readonly url: string;
  /** Before this there is nothing but 404: functions get the address of the API before they start. */
  serve(routes: readonly HttpRoute[]): void;
  /** Requests that are not answered yet. */
  underWay(): number;
  stop(): Promise<void>;
}

/**
 * Serves the routes of an API Gateway HTTP API (payload format 2.0) on loopback, with its answers for what no
 * function sees: 404 for an unknown route, 413 for more than 10 MB, 500 when the function fails.
 */
export async function startHttpApi(
  port: number,
  onAnswer: (route: HttpRoute, statusCode: number) => void,
): Promise<HttpApi> {
  let routes: readonly HttpRoute[] = [];
  let underWay = 0;
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [target, base] = [request.url ?? '/', 'http://127.0.0.1'];
    if (!URL.canParse(target, base)) return send(response, 404, 'Not Found');
    const url = new URL(target, base);
    const route = routes.find(
      ({ method, path }) => method === request.method && pathParameters(path, url.pathname) !== undefined,
    );
    if (route === undefined) return send(response, 404, 'Not Found');
    const body = await readBody(request);
    if (body === undefined) return send(response, 413, 'Request Entity Too Large');
    try {
      const reply = await route.target.invoke(httpEvent(request, route, url, body));
      onAnswer(route, sendReply(response, reply));
    } catch {
      onAnswer(route, 500);
      send(response, 500, 'Internal Server Error');
    }
  }

  const server = createServer((request, response) => {
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
    });
    answer(request, response).catch(() => response.destroy());
  });
  const url = await listenOnLoopback(server, port);
  return {
    url,
    serve(all) {
      routes = all;
    },
    underWay: () => underWay,
    stop: () => closeServer(server),
  };
}

function send(response: ServerResponse, statusCode: number, message: string): void {
  response.writeHead(statusCode, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
}

const functionReply = z.object({
  statusCode: z.number(),
  headers: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
  body: z.optional(z.string()),
  isBase64Encoded: z.optional(z.boolean()),
});

function sendReply(response: ServerResponse, reply: unknown): number {
  const { statusCode, headers = {}, body = '', isBase64Encoded } = functionReply.parse(reply);
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  response.writeHead(statusCode, Object.fromEntries(texts)).end(body, isBase64Encoded ? 'base64' : 'utf8');
  return statusCode;
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  return bytes > maxBodyBytes ? undefined : Buffer.concat(chunks);
}

/** What a path has in the places in braces; undefined when it is another. @example pathParameters('/a/{b}', '/a/c') // { b: 'c' } */
function pathParameters(template: string, path: string): Record<string, string> | undefined {
  const names = template.split('/');
  const parts = template.endsWith('+}') ? splitTo(names.length, path) : path.split('/');
  const isPlace = (name: string): boolean => name.startsWith('{');
  const isMatch =
    names.length === parts.length &&
    names.every((name, index) =>
      isPlace(name) ? name.endsWith('+}') || parts[index] !== '' : name === parts[index],
    );
  if (!isMatch) return undefined;
  return Object.fromEntries(
    names.flatMap((name, index) =>
      isPlace(name) ? [[name.replace(/^{|\+?}$/g, ''), parts[index] ?? '']] : [],
    ),
  );
}

/** @example splitTo(3, '/a/b/c') // ['', 'a', 'b/c'] */
function splitTo(length: number, path: string): readonly string[] {
  const parts = path.split('/');
  return parts.length < length ? parts : [...parts.slice(0, length - 1), parts.slice(length - 1).join('/')];
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
function httpEvent(
  request: IncomingMessage,
  route: HttpRoute,
  url: URL,
  body: Buffer,
): APIGatewayProxyEventV2 {
  const { method = 'GET', headers, socket } = request;
  const isText = textual.test(headers['content-type'] ?? 'text/plain') && isUtf8(body);
  const nowMs = Date.now();
  return {
    version: '2.0',
    routeKey: `${method} ${route.path}`,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    pathParameters: pathParameters(route.path, url.pathname),
    queryStringParameters: Object.fromEntries(url.searchParams),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName: '127.0.0.1',
      domainPrefix: 'local',
      http: {
        method,
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: crypto.randomUUID(),
      routeKey: `${method} ${route.path}`,
      stage: '$default',
      time: new Date(nowMs).toISOString(),
      timeEpoch: nowMs,
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: !isText,
  };
}
