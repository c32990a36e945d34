import { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { makeHandler } from '../../../functions/feedback/handler.ts';
import { startFeedbackDesk } from '../../fixtures/feedback-desk.ts';
import { draftSpike, nowSec } from '../message/sample-findings.ts';

const logger = new Logger({ logLevel: 'SILENT' });
let desk: Awaited<ReturnType<typeof startFeedbackDesk>>;
let token: string;

beforeAll(async () => {
  desk = await startFeedbackDesk(nowSec);
  await desk.stores.alerts.file(draftSpike, nowSec);
  token = desk.tokenFor(draftSpike);
});
afterAll(() => desk.stop());

function request(method: string, change: Partial<APIGatewayProxyEventV2> = {}): APIGatewayProxyEventV2 {
  const requestContext = { http: { method } };
  return { requestContext, pathParameters: { token }, ...change } as APIGatewayProxyEventV2; // what the handler reads
}

const invoke = (event: APIGatewayProxyEventV2) => makeHandler(desk.deps, logger)(event);

it('gives the page, which may not be cached, indexed, framed or leak its address', async () => {
  const { statusCode, headers, body } = await invoke(request('GET'));
  expect(statusCode).toBe(200);
  expect(body).toContain('Draft invoice to Acme Ltd is $4,120.00');
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
    'x-content-type-options': 'nosniff',
  });
  expect(headers).not.toHaveProperty('location');
});

it('lets the answer of the link stand out, and waits for the click', async () => {
  const { body } = await invoke(request('GET', { queryStringParameters: { action: 'error' } }));
  expect(body).toMatch(/value="error".*?<button[^>]* autofocus>/s);
  expect(body?.match(/autofocus/g)).toHaveLength(1);
  expect(body).toContain('no one has answered');
});

it('answers HEAD as GET, without the page', async () => {
  expect(await invoke(request('HEAD'))).toMatchObject({ statusCode: 200, body: '' });
});

it('reads a form as API Gateway hands it over, encoded or not', async () => {
  const body = 'action=expected&seen=0';
  const encoded = { body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
  expect(await invoke(request('POST', encoded))).toMatchObject({ statusCode: 200 });
  expect(await invoke(request('POST', { body, isBase64Encoded: false }))).toMatchObject({ statusCode: 200 });
  expect(await desk.stores.answers.about(draftSpike)).toMatchObject([{ kind: 'expected', count: 1 }]);
});

it('answers 403 without a token', async () => {
  expect(await invoke(request('GET', { pathParameters: {} }))).toMatchObject({ statusCode: 403 });
});

it('says that it did not work when it did not, and logs no name or amount', async () => {
  const error = jest.spyOn(logger, 'error');
  jest.spyOn(desk.stores.alerts, 'load').mockRejectedValueOnce(new Error('Acme Ltd $4,120.00'));
  const { statusCode, body, headers } = await invoke(request('GET'));
  expect(statusCode).toBe(500);
  expect(body).toContain('try again in a minute');
  expect(headers).toHaveProperty('content-security-policy');
  expect(JSON.stringify(error.mock.calls)).not.toContain('Acme');
});
