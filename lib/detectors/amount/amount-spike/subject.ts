import type { ChargeEvent, InvoiceEvent } from '../../../domain/events/billing-event.ts';
import { objectHash } from '../../../domain/events/object-hash.ts';
import type { CustomerRecord, ObjectInTime } from '../../../domain/record/customer-record.ts';
import { isOneOff } from '../../../domain/record/series-key.ts';
import type { RangeKnobs } from '../../baseline/expected-range.ts';
import type { Context } from '../../context.ts';

/** `setHeadroom`: the headroom where seats or plan were set so on the subscription. */
export type SpikeKnobs = RangeKnobs & { readonly setHeadroom: number };

/** The amount that is judged, and what every rule may look at. */
export interface Subject {
  readonly record: CustomerRecord;
  readonly context: Context;
  readonly knobs: SpikeKnobs;
  readonly currency: string;
  readonly amountMinor: number;
  readonly object: ObjectInTime;
  /** Undefined of a charge. */
  readonly invoice: InvoiceEvent | undefined;
  /** Undefined of an invoice, and of an earlier charge, of which the record holds the amount alone. */
  readonly charge: ChargeEvent | undefined;
}

/** Makes an event's amount the subject. */
export function subjectOf(
  event: InvoiceEvent | ChargeEvent,
  rest: Pick<Subject, 'record' | 'context' | 'knobs'>,
): Subject {
  const { id, currency, createdAtSec } = 'charge' in event ? event.charge : event.invoice;
  const object = { atSec: createdAtSec, hash: objectHash(id) };
  return 'charge' in event
    ? {
        ...rest,
        currency,
        object,
        amountMinor: event.charge.amountCapturedMinor,
        invoice: undefined,
        charge: event,
      }
    : {
        ...rest,
        currency,
        object,
        amountMinor: event.invoice.amountDueMinor,
        invoice: event,
        charge: undefined,
      };
}

/** Whether it is a charge or an invoice by hand: a subscription's bill follows its plan, seats and usage instead. */
export function isPurchase({ invoice }: Subject): boolean {
  return invoice === undefined || isOneOff(invoice);
}

/** Whether an invoice bills usage. */
export function hasUsage({ invoice }: InvoiceEvent): boolean {
  return invoice.lines.some(({ metered }) => metered);
}
