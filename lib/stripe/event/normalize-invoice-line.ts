import type { InvoiceLine } from '../../domain/events/billing-event.ts';
import { daySec } from '../../domain/time.ts';
import {
  currency,
  decimal,
  type Fields,
  fields,
  flag,
  id,
  integer,
  needed,
  seconds,
  text,
} from './fields.ts';
import { linePricing } from './line-pricing.ts';
import { normalizeReductions } from './normalize-reductions.ts';
import { normalizeTaxes, type TaxRatePercentages } from './normalize-taxes.ts';

/** A period in arrears ends about when the invoice is made; Stripe takes up to some hours to make it. */
const endSlackSec = daySec;
/** A period in advance starts when the invoice is made; one that started this long before does not. */
const startSlackSec = 43_200;

/**
 * One invoice line of any API version in our words.
 * @throws UnreadableEventError without id, amount or period
 */
export function normalizeInvoiceLine(
  line: Fields,
  invoiceCreatedAtSec: number,
  percentages: TaxRatePercentages,
): InvoiceLine {
  const parent = fields(line.parent);
  const ofSubscription = fields(parent.subscription_item_details);
  const ofInvoiceItem = fields(parent.invoice_item_details);
  const pricing = fields(line.pricing);
  const price = fields(line.price);
  const plan = fields(line.plan);
  const period = fields(line.period);

  const subscriptionItem = id(ofSubscription.subscription_item) ?? id(line.subscription_item);
  const proration = flag(ofSubscription.proration) ?? flag(ofInvoiceItem.proration) ?? flag(line.proration);
  const periodStartSec = needed(seconds(period.start), 'invoice.lines.data.period.start');
  const periodEndSec = needed(seconds(period.end), 'invoice.lines.data.period.end');
  const usageType = fields(price.recurring).usage_type ?? plan.usage_type;
  const inArrears =
    subscriptionItem !== null &&
    proration !== true &&
    periodEndSec <= invoiceCreatedAtSec + endSlackSec &&
    periodStartSec < invoiceCreatedAtSec - startSlackSec;

  return {
    id: needed(id(line.id), 'invoice.lines.data.id'),
    description: text(line.description),
    amountMinor: needed(integer(line.amount), 'invoice.lines.data.amount'),
    quantity: decimal(line.quantity_decimal) ?? decimal(line.quantity),
    quantityIsExact: line.quantity_decimal !== undefined,
    unitAmountMinor: decimal(pricing.unit_amount_decimal) ?? priceUnit(price, line) ?? priceUnit(plan, line),
    price: id(fields(pricing.price_details).price) ?? id(line.price) ?? id(line.plan),
    subscriptionItem,
    proration,
    pricing: linePricing(line),
    metered: typeof usageType === 'string' ? usageType === 'metered' : inArrears,
    periodStartSec,
    periodEndSec,
    discounts: normalizeReductions(line.discount_amounts),
    taxes: normalizeTaxes(line.taxes ?? line.tax_amounts, percentages),
  };
}

/** The amounts of a Price, or of a plan of old, are in its first currency, which need not be the line's. */
function priceUnit(price: Fields, line: Fields): string | null {
  const isOther = currency(price.currency) !== currency(line.currency);
  if (price.currency !== undefined && isOther) return null;
  return (
    decimal(price.unit_amount_decimal) ??
    decimal(price.unit_amount) ??
    decimal(price.amount_decimal) ??
    decimal(price.amount)
  );
}
