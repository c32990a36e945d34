import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';
import { stripeAccountOf } from '../domain/events/of-account.ts';
import { type Fields, fields } from './event/fields.ts';
import { stripeEventTypes } from './event/normalize.ts';
import type { LedgerObject, StripeLedger, Window } from './stripe-ledger.ts';

/** How fast Stripe is asked. It takes 25 requests a second in test mode, 100 in live mode. */
export interface Pace {
  /** Between two requests. */
  readonly pauseMs: number;
  /** @default really waits */
  readonly pause?: (ms: number) => Promise<unknown>;
}

const pageSize = 100; // Stripe's limit

/** Waits of 1, 2, 4, 8 and 16 s after Stripe has said "too many requests": its SDK does not try those again. */
const slowDowns = 5;

interface Page {
  readonly data: readonly unknown[];
  readonly has_more: boolean;
}
type List = (from: { readonly limit: number; readonly starting_after?: string }) => Promise<Page>;

/** What is not answered by then is asked for again, some times. */
const patience: Stripe.StripeConfig = { timeout: 20_000, maxNetworkRetries: 3, telemetry: false };

/**
 * Stripe's books through its SDK.
 * @param key `rk_...` or `sk_...`; reading is all that it is used for
 * @param config where else than at Stripe's own address it is answered
 */
export function sdkStripeLedger(key: string, pace: Pace, config: Stripe.StripeConfig = {}): StripeLedger {
  const client = new Stripe(key, { ...patience, ...config });
  return {
    livemode: /^[rs]k_live_/.test(key),
    events: (account, window, atMost) => {
      const filter = { ...madeIn(window), types: [...stripeEventTypes] };
      const list: List = (from) => client.events.list({ ...from, ...filter }, optionsOf(account));
      return oldestFirst(pages(list, pace), atMost);
    },
    objects: (what, account, window, atMost) =>
      oldestFirst(pages(listOf(client, what, account, window), pace), atMost),
    subscriptions: (account) =>
      pages((from) => client.subscriptions.list({ ...from, status: 'all' }, optionsOf(account)), pace),
    async webhookEndpoints() {
      const endpoints: Fields[] = [];
      for await (const endpoint of pages((from) => client.webhookEndpoints.list(from), pace))
        endpoints.push(endpoint);
      return endpoints;
    },
  };
}

function listOf(client: Stripe, what: LedgerObject, account: string, window: Window): List {
  const made = madeIn(window);
  const options = optionsOf(account);
  switch (what) {
    case 'invoices':
      return (from) => client.invoices.list({ ...from, ...made }, options);
    case 'charges':
      return (from) => client.charges.list({ ...from, ...made, expand: ['data.refunds'] }, options);
    case 'refunds':
      return (from) => client.refunds.list({ ...from, ...made, expand: ['data.charge'] }, options);
    case 'disputes':
      return (from) => client.disputes.list({ ...from, ...made }, options);
    case 'credit_notes':
      return (from) => client.creditNotes.list({ ...from, ...made }, options);
  }
}

function madeIn({ fromSec, toSec }: Window) {
  return { created: { gte: fromSec, lt: toSec } };
}

function optionsOf(account: string): Stripe.RequestOptions {
  const { connectedAccount } = stripeAccountOf(account);
  return connectedAccount === undefined ? {} : { stripeAccount: connectedAccount };
}

/** Stripe lists the newest first. */
async function oldestFirst(listed: AsyncIterable<Fields>, atMost: number): Promise<Fields[] | undefined> {
  const all: Fields[] = [];
  for await (const one of listed) {
    all.push(one);
    if (all.length > atMost) return undefined;
  }
  return all.reverse();
}

async function* pages(list: List, { pauseMs, pause = sleep }: Pace): AsyncGenerator<Fields> {
  for (let after: string | undefined, isMore = true; isMore; ) {
    const { data, has_more } = await patiently(
      () => list({ limit: pageSize, ...(after === undefined ? {} : { starting_after: after }) }),
      pause,
    );
    const plain = data.map(plainOf);
    yield* plain;
    after = String(plain.at(-1)?.id);
    isMore = has_more && plain.length > 0;
    await pause(pauseMs);
  }
}

async function patiently<Result>(
  ask: () => Promise<Result>,
  pause: (ms: number) => Promise<unknown>,
): Promise<Result> {
  for (let slowed = 0; ; slowed += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeRateLimitError) || slowed === slowDowns) throw error;
      await pause(1_000 * 2 ** slowed);
    }
  }
}

/** The SDK makes objects of decimals and adds what is not Stripe's; in JSON they are as in a webhook. */
function plainOf(object: unknown): Fields {
  return fields(JSON.parse(JSON.stringify(object)));
}
