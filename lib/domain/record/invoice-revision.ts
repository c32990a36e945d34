import type { InvoiceEvent } from '../events/billing-event.ts';
import type { Observation } from './series.ts';

/** An invoice's stages, for events of the same second. */
const stages: readonly InvoiceEvent['kind'][] = [
  'invoice_drafted',
  'invoice_updated',
  'invoice_finalized',
  'invoice_paid',
  'invoice_voided',
];

const stagesASecond = 8;

/** When in its life an event of an invoice is: grows with the seconds since its creation, then with its stage. */
export function invoiceRevision({ kind, occurredAtSec, invoice }: InvoiceEvent): number {
  return Math.max(0, occurredAtSec - invoice.createdAtSec) * stagesASecond + stages.indexOf(kind);
}

/** An invoice's newest event that is known, from its observation: `invoiceRevision` read backwards. */
export function lastChange({ atSec, revision }: Revised): {
  readonly kind: InvoiceEvent['kind'] | undefined;
  readonly changedAtSec: number;
} {
  return {
    kind: stages[revision % stagesASecond],
    changedAtSec: atSec + Math.floor(revision / stagesASecond),
  };
}

type Revised = Pick<Observation, 'atSec' | 'revision'>;

/** Whether the newest that is known of an invoice is that it was paid. */
export function isPaid(invoice: Revised): boolean {
  return lastChange(invoice).kind === 'invoice_paid';
}
