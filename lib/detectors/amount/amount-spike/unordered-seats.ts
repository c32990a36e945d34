import type { InvoiceEvent, InvoiceLine } from '../../../domain/events/billing-event.ts';
import { canStillMatter } from '../../../domain/events/can-still-matter.ts';
import { customerLabel } from '../../../domain/events/customer-label.ts';
import { invoiceLabel } from '../../../domain/events/invoice-label.ts';
import { objectHash } from '../../../domain/events/object-hash.ts';
import { productName } from '../../../domain/events/product-name.ts';
import type { Judgement } from '../../../domain/finding/finding.ts';
import { moneyState } from '../../../domain/finding/money-state.ts';
import { approximateUsd } from '../../../domain/money/approximate-usd.ts';
import { formatMoney, formatUnitPrice } from '../../../domain/money/money.ts';
import { quantityWords } from '../../../domain/money/quantity-words.ts';
import { type CustomerRecord, historyBefore } from '../../../domain/record/customer-record.ts';
import { isSimulated } from '../../../domain/record/is-simulated.ts';
import { listPrice } from '../../../domain/record/list-price.ts';
import { amountObservation } from '../../../domain/record/observations-of.ts';
import { type ItemFact, seriesKey } from '../../../domain/record/series-key.ts';
import { wasExpected } from '../../baseline/was-expected.ts';
import { spikeSeverity } from '../../finding/spike-severity.ts';
import type { Settings } from '../../settings.ts';

/** Stripe dates the events of one renewal alike; a script that answers to them takes longer. */
const sameRenewalSec = 5;

/** Seats that nobody has ordered, by what the subscription itself said at that renewal. */
interface Unordered {
  readonly line: InvoiceLine;
  readonly unitMinor: number;
  readonly ordered: number;
  readonly billed: number;
}

/**
 * What amount-spike says of a final invoice that bills more seats than its subscription had in the moment it was made.
 * It needs no history: Stripe tells the subscription at each renewal. Where that event has not come, it says nothing, nor
 * under a test clock, which stands still while somebody changes the subscription.
 */
export function unorderedSeats(
  event: InvoiceEvent,
  record: CustomerRecord,
  { leastAtStakeDollars }: Settings,
): Judgement | undefined {
  const { invoice } = event;
  const { currency } = invoice;
  if (event.kind !== 'invoice_finalized' || !canStillMatter(event) || isSimulated(event, record)) return;
  const leastMinor = approximateUsd(leastAtStakeDollars, currency);
  const found = invoice.lines
    .flatMap((line) => unorderedOn(line, event, record) ?? [])
    .filter((seats) => atStakeMinor(seats) > leastMinor && invoice.amountDueMinor > leastMinor);
  const [worst] = found.sort((a, b) => atStakeMinor(b) - atStakeMinor(a));
  const { part, key, seen } = amountObservation(event);
  const earlier = historyBefore(record, part, key, seen);
  if (worst === undefined || wasExpected(earlier, (value) => value >= seen.value)) return;
  const { line, unitMinor, ordered, billed } = worst;
  const money = (minor: number) => formatMoney(minor, currency);
  const [unit, name] = [formatUnitPrice(unitMinor, currency), productName(line.description) ?? line.id];
  const dueMinor = Math.min(atStakeMinor(worst), invoice.amountDueMinor); // a coupon may have taken off the rest
  const boundary = ordered + Math.floor(leastMinor / unitMinor);
  return {
    about: invoice.id,
    certainty: 'contradiction',
    ...spikeSeverity(billed / ordered, dueMinor, currency),
    summary:
      `${invoiceLabel(invoice)} to ${customerLabel(event)} bills ${quantityWords(billed)} × “${name}”; the ` +
      `subscription had ${quantityWords(ordered)} in that moment.`,
    headline:
      `billed ${quantityWords(billed)} × “${name}”, ${quantityWords(ordered)} on the subscription: ` +
      `${money(dueMinor)} more`,
    measure: { kind: 'quantity', unit: '', what: 'quantity of a subscription line' },
    actual: billed,
    expected: { low: ordered, high: ordered },
    typical: ordered,
    boundary,
    rule:
      'A final invoice is flagged when it bills more of a price than its subscription had when the invoice was made, ' +
      `and more than ${money(leastMinor)} is at stake.`,
    history: { count: 0, points: [] },
    breakdown: {
      rows: [
        { label: `${quantityWords(billed)} × ${unit}, as billed`, amountMinor: unitMinor * billed },
        {
          label: `Less ${quantityWords(ordered)} × ${unit}, as on the subscription`,
          amountMinor: -unitMinor * ordered,
        },
      ],
      totalLabel: 'More than ordered',
      totalMinor: atStakeMinor(worst),
    },
    atStakeMinor: dueMinor,
    money: moneyState(invoice),
  };
}

function atStakeMinor({ unitMinor, billed, ordered }: Unordered): number {
  return unitMinor * (billed - ordered);
}

/** Undefined unless the subscription's event of that very moment has come, and nothing on it was about to change. */
function unorderedOn(
  line: InvoiceLine,
  { invoice }: InvoiceEvent,
  record: CustomerRecord,
): Unordered | undefined {
  const fact = (name: ItemFact) =>
    record.subscriptions.get(seriesKey.item(line.subscriptionItem ?? '', name))?.at(-1);
  const [price, quantity, live] = [fact('price'), fact('quantity'), fact('live')];
  const list = listPrice(line, invoice.currency, record);
  if (price === undefined || quantity === undefined || list === undefined || line.metered) return;
  const toldAtSec = quantity.atSec + Math.floor(quantity.revision / 2);
  const isOfThisMoment = Math.abs(toldAtSec - invoice.createdAtSec) <= sameRenewalSec;
  if (!isOfThisMoment || live?.value !== 1 || price.value !== objectHash(line.price ?? '')) return;
  if (quantity.value < 1 || list.quantity <= quantity.value) return;
  return { line, unitMinor: list.unitMinor, ordered: quantity.value, billed: list.quantity };
}
