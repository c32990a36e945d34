import type { InvoiceEvent, InvoiceLine } from '../../../domain/events/billing-event.ts';
import { objectHash } from '../../../domain/events/object-hash.ts';
import { approximateUsd } from '../../../domain/money/approximate-usd.ts';
import type { CustomerRecord } from '../../../domain/record/customer-record.ts';
import { listPrice } from '../../../domain/record/list-price.ts';
import { type ItemFact, seriesKey } from '../../../domain/record/series-key.ts';
import type { Settings } from '../../settings.ts';

/** Stripe dates the events of one renewal alike; a script that answers to them takes longer. */
const sameRenewalSec = 5;

/** Seats that no one ordered, by what the subscription itself said at that renewal. */
export interface UnorderedSeats {
  readonly line: InvoiceLine;
  readonly unitMinor: number;
  readonly ordered: number;
  readonly billed: number;
}

/**
 * The worst line of a final invoice that bills more seats than its subscription had in the moment it was made. It needs
 * no history: Stripe sends the subscription at each renewal. Where that event has not come, there is no finding.
 */
export function worstUnorderedSeats(
  event: InvoiceEvent,
  record: CustomerRecord,
  { leastAtStakeDollars }: Settings,
): UnorderedSeats | undefined {
  const { invoice } = event;
  if (event.kind !== 'invoice_finalized') return;
  const leastMinor = approximateUsd(leastAtStakeDollars, invoice.currency);
  const [worst] = invoice.lines
    .flatMap((line) => unorderedOn(line, event, record) ?? [])
    .filter((seats) => seatsAtStakeMinor(seats) > leastMinor && invoice.amountDueMinor > leastMinor)
    .sort((a, b) => seatsAtStakeMinor(b) - seatsAtStakeMinor(a));
  return worst;
}

/** What the seats too many cost. */
export function seatsAtStakeMinor({ unitMinor, billed, ordered }: UnorderedSeats): number {
  return unitMinor * (billed - ordered);
}

/** Undefined unless the subscription's event of that very moment has come, and nothing on it was about to change. */
function unorderedOn(
  line: InvoiceLine,
  { invoice }: InvoiceEvent,
  record: CustomerRecord,
): UnorderedSeats | undefined {
  const fact = (name: ItemFact) =>
    record.subscriptions.get(seriesKey.item(line.subscriptionItem ?? '', name))?.at(-1);
  const [price, quantity, live] = [fact('price'), fact('quantity'), fact('live')];
  const list = listPrice(line, invoice.currency, record);
  if (price === undefined || quantity === undefined || list === undefined || line.metered) return;
  const namedAtSec = quantity.atSec + Math.floor(quantity.revision / 2);
  const isOfThisMoment = Math.abs(namedAtSec - invoice.createdAtSec) <= sameRenewalSec;
  if (!isOfThisMoment || live?.value !== 1 || price.value !== objectHash(line.price ?? '')) return;
  if (quantity.value < 1 || list.quantity <= quantity.value) return;
  return { line, unitMinor: list.unitMinor, ordered: quantity.value, billed: list.quantity };
}
