import fc from 'fast-check';
import { draftInvoiceEvent } from '../fixtures/stripe-delivery.ts';
import { startSec } from './event-templates.ts';
import type { HostileRequest } from './hostile-request.ts';
import { signedRequest } from './signed-rubbish.ts';

/** A customer with half a year of usual bills, and one ten times as high: what a caller has listened in on. */
export const capturedCustomer = 'cus_captured';
export const capturedEvents: readonly Buffer[] = [6, 5, 4, 3, 2, 1, 0].map((monthsAgo) => {
  const created = startSec - 900 - monthsAgo * 30 * 86_400;
  const amount = monthsAgo === 0 ? 410_000 : 41_000;
  const event = draftInvoiceEvent(
    { id: `evt_captured_${monthsAgo}`, created },
    {
      id: `in_captured_${monthsAgo}`,
      customer: capturedCustomer,
      billing_reason: 'subscription_cycle',
      created,
      automatically_finalizes_at: created + 7_200,
      amount_due: amount,
      total: amount,
    },
  );
  return Buffer.from(JSON.stringify(event));
});

/** What Stripe sent, word for word, once more: too late it is refused, and in time it changes nothing. */
export function replays(nowSec: number): fc.Arbitrary<HostileRequest> {
  const body = fc.constantFrom(...capturedEvents);
  const late = fc.tuple(body, fc.integer({ min: 301, max: 10 ** 9 })).map(
    ([bytes, ageSec]): HostileRequest => ({
      door: 'webhook',
      kind: 'replay: outside the tolerance',
      request: () => signedRequest(bytes, nowSec - ageSec),
      answers: [400],
      mayAct: false,
    }),
  );
  const ahead = fc.tuple(body, fc.integer({ min: 301, max: 10 ** 9 })).map(
    ([bytes, aheadSec]): HostileRequest => ({
      door: 'webhook',
      kind: 'replay: from the future',
      request: () => signedRequest(bytes, nowSec + aheadSec),
      answers: [400],
      mayAct: false,
    }),
  );
  const inTime = fc.tuple(body, fc.integer({ min: -300, max: 300 })).map(
    ([bytes, ageSec]): HostileRequest => ({
      door: 'webhook',
      kind: 'replay: in time',
      request: () => signedRequest(bytes, nowSec - ageSec),
      answers: [200],
      mayAct: true,
    }),
  );
  const changed = fc.tuple(body, fc.nat(), fc.integer({ min: 1, max: 255 })).map(
    ([bytes, at, bits]): HostileRequest => ({
      door: 'webhook',
      kind: 'replay: a byte changed',
      request: () => {
        const { body: _, ...request } = signedRequest(bytes, nowSec);
        const copy = Buffer.from(bytes);
        copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ bits;
        return { ...request, body: copy.toString('base64') };
      },
      answers: [400],
      mayAct: false,
    }),
  );
  return fc.oneof(late, ahead, inTime, changed);
}
