import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { postWebhook } from '../../../infra/local/post-webhooks.ts';
import { draftInvoiceEvent, liveSecret } from '../../fixtures/stripe-delivery.ts';

const event = draftInvoiceEvent({ id: 'evt_1' }, {});
let server: Server;
let uses: WeakMap<object, number>;
let resetsAtUse: number;

beforeAll(async () => {
  server = createServer((incoming, response) => {
    const use = (uses.get(incoming.socket) ?? 0) + 1;
    uses.set(incoming.socket, use);
    if (use === resetsAtUse) incoming.socket.resetAndDestroy();
    else incoming.resume().once('end', () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  uses = new WeakMap();
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const post = () =>
  postWebhook(event, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    signingSecret: liveSecret,
  });

it('delivers once more over a new connection when the server has closed the one it used before', async () => {
  resetsAtUse = 2;
  for (let delivery = 0; delivery < 4; delivery += 1) expect(await post()).toBe(200);
});

it('fails when the server resets a connection that is new', async () => {
  resetsAtUse = 1;
  await expect(post()).rejects.toThrow('ECONNRESET');
});
