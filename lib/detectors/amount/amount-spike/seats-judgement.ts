import type { InvoiceEvent } from '../../../domain/events/billing-event.ts';
import { customerLabel } from '../../../domain/events/customer-label.ts';
import { invoiceLabel } from '../../../domain/events/invoice-label.ts';
import { productName } from '../../../domain/events/product-name.ts';
import type { Judgement } from '../../../domain/finding/finding.ts';
import { moneyState } from '../../../domain/finding/money-state.ts';
import { approximateUsd } from '../../../domain/money/approximate-usd.ts';
import { formatMoney, formatUnitPrice } from '../../../domain/money/money.ts';
import { quantityWords } from '../../../domain/money/quantity-words.ts';
import { spikeSeverity } from '../../finding/spike-severity.ts';
import type { Settings } from '../../settings.ts';
import { seatsAtStakeMinor, type UnorderedSeats } from './unordered-seats.ts';

/** The judgement of seats that no one ordered. */
export function seatsJudgement(
  seats: UnorderedSeats,
  event: InvoiceEvent,
  { leastAtStakeDollars }: Settings,
): Judgement {
  const { invoice } = event;
  const { currency } = invoice;
  const leastMinor = approximateUsd(leastAtStakeDollars, currency);
  const { line, unitMinor, ordered, billed } = seats;
  const money = (minor: number) => formatMoney(minor, currency);
  const [unit, name] = [formatUnitPrice(unitMinor, currency), productName(line.description) ?? line.id];
  const dueMinor = Math.min(seatsAtStakeMinor(seats), invoice.amountDueMinor); // a coupon may have taken off the rest
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
      totalMinor: seatsAtStakeMinor(seats),
    },
    atStakeMinor: dueMinor,
    money: moneyState(invoice),
  };
}
