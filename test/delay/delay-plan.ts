import { billEvents } from '../../infra/local/demo/bill-events.ts';
import { stripeCustomer } from '../../infra/local/demo/stripe-customer.ts';
import { type StripeEvent, stripeEvent } from '../../infra/local/demo/stripe-event.ts';
import { stripeId } from '../../infra/local/demo/stripe-id.ts';
import type { InvoiceFacts } from '../../infra/local/demo/stripe-invoice.ts';
import { stripeInvoiceLine } from '../../infra/local/demo/stripe-invoice-line.ts';
import { daySec } from '../../lib/domain/time.ts';

export interface PlannedEvent {
  /** When it is delivered, Unix milliseconds: within the second that its `created` names. */
  readonly atMs: number;
  readonly event: StripeEvent & { readonly account: string };
}

export interface DelayPlan {
  readonly events: readonly PlannedEvent[];
  /** `created` of each wrong bill, Unix seconds, by its customer's name, which the email's subject holds. */
  readonly wrongBills: ReadonlyMap<string, number>;
}

const wrongEvery = 10;
/** A right bill is four events of the types we use within six seconds; a wrong one is a draft, which still can be stopped. */
const eventsOfTen = 9 * 4 + 1;
/** Of these, 25 are wrong: an account gets at most 30 emails an hour about one finding each. */
const billsAnAccount = 250;
const usedTypes: readonly string[] = [
  'invoice.created',
  'invoice.finalized',
  'charge.succeeded',
  'invoice.paid',
];

/** Bills of new customers at a steady rate of events; every tenth says a total that its lines don't add up to. */
export function delayPlan(startMs: number, rate: number, seconds: number): DelayPlan {
  const billsASecond = (rate * wrongEvery) / eventsOfTen;
  const bills = Array.from({ length: Math.ceil(billsASecond * seconds) }, (_, index) => {
    const atMs = startMs + (index / billsASecond) * 1_000;
    const isWrong = index % wrongEvery === wrongEvery - 1;
    return { ...billOf(index, Math.floor(atMs / 1_000), isWrong), lateMs: atMs % 1_000, isWrong };
  });
  return {
    events: bills
      .flatMap(({ events, account, lateMs }) =>
        events.map((event) => ({ atMs: event.created * 1_000 + lateMs, event: { ...event, account } })),
      )
      .sort((a, b) => a.atMs - b.atMs),
    wrongBills: new Map(
      bills.flatMap(({ isWrong, name, createdSec }) => (isWrong ? [[name, createdSec]] : [])),
    ),
  };
}

function billOf(index: number, createdSec: number, isWrong: boolean) {
  // All of one length, so that no name is the beginning of another.
  const name = `Customer ${String(index).padStart(6, '0')}`;
  const bill: InvoiceFacts = {
    id: stripeId('in', name, createdSec),
    customer: stripeCustomer(name),
    currency: 'usd',
    subscription: stripeId('sub', name),
    billingReason: isWrong ? 'subscription_cycle' : 'subscription_create',
    createdSec,
    periodStartSec: createdSec - 30 * daySec,
    number: `DELAY-${index}`,
    lines: [
      stripeInvoiceLine({
        id: stripeId('il', name),
        subscription: stripeId('sub', name),
        subscriptionItem: stripeId('si', name),
        price: stripeId('price', 'delay'),
        product: stripeId('prod', 'delay'),
        currency: 'usd',
        description: '10 × Team',
        quantity: 10,
        unitMinor: 2_400,
        startSec: createdSec - 30 * daySec,
        endSec: createdSec,
      }),
    ],
  };
  const used = billEvents(bill, false).filter(({ type }) => usedTypes.includes(type));
  return {
    name,
    createdSec,
    account: stripeId('acct', Math.floor(index / billsAnAccount)),
    events: isWrong ? used.slice(0, 1).map(withWrongTotal) : used,
  };
}

/** Ten times what its lines add up to: proven by the bill alone, so no history is needed and no digest may hold it. */
function withWrongTotal(event: StripeEvent): StripeEvent {
  const invoice = event.data.object;
  if (invoice.object !== 'invoice') return event;
  const total = invoice.total * 10;
  return stripeEvent(event.type, event.created, {
    ...invoice,
    total,
    total_excluding_tax: total,
    amount_due: total,
    amount_remaining: total,
  });
}
