import { Agent, request } from 'node:http';
import Stripe from 'stripe';

/** As much of a Stripe event as delivering it takes. */
export interface DeliverableEvent {
  readonly id: string;
  readonly data: { readonly object: { readonly id?: string | null; readonly customer?: unknown } };
}

export interface WebhookTarget {
  readonly url: string;
  readonly signingSecret: string;
}

/** Deliveries under way at once. */
const lanes = 16;
const agent = new Agent({ keepAlive: true });

/** Signs an event as Stripe does, at the present time, and delivers it. @returns the HTTP status */
export function postWebhook(event: DeliverableEvent, target: WebhookTarget): Promise<number> {
  const { url, signingSecret } = target;
  const payload = JSON.stringify(event);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload, secret: signingSecret }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', (error: NodeJS.ErrnoException) => {
      // The server closed the connection for its idleness in the moment it was used again.
      const isStale = sent.reusedSocket && error.code === 'ECONNRESET';
      if (isStale) postWebhook(event, target).then(resolve, reject);
      else reject(error);
    });
    sent.end(payload);
  });
}

/** Delivers many: each customer's in order, several customers at once. @throws on the first that is refused */
export async function postWebhooks(
  events: readonly DeliverableEvent[],
  target: WebhookTarget,
  onPosted: () => void = () => undefined,
): Promise<void> {
  const byCustomer = Map.groupBy(events, ({ id, data }) => String(data.object.customer ?? id));
  const customers = byCustomer.values(); // shared by the lanes: each takes the next customer
  async function lane(): Promise<void> {
    for (const inOrder of customers) {
      for (const event of inOrder) {
        const status = await postWebhook(event, target);
        if (status >= 300) throw new Error(`The webhook answered ${status} to ${event.id}.`);
        onPosted();
      }
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
}
