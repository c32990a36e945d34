import type { Invoice } from '../../domain/events/billing-event.ts';
import {
  type Examples,
  exampleCreditNote,
  exampleInvoice,
  exampleLine,
  monthAtSec,
} from '../examples/example-events.ts';
import { againSec } from './billed-twice.ts';

export const billedTwiceExamples: Examples = () => {
  const renewal = exampleInvoice(1, 4_900);
  const second = exampleInvoice(1, 4_900, { id: 'in_second', createdAtSec: monthAtSec(1) + 300 });
  const byHand = (id: string, sec: number, changes: Partial<Invoice> = {}) =>
    exampleInvoice(
      1,
      4_900,
      { id, billingReason: 'manual', subscription: null, createdAtSec: monthAtSec(1) + sec, ...changes },
      'invoice_finalized',
    );
  const otherWords = [{ ...exampleLine(1, 4_900), description: 'Another workshop' }];
  return {
    fires: [
      { name: 'a second draft for one renewal, before either is charged', history: [renewal], event: second },
      {
        name: 'an invoice by hand of exactly the same lines, half an hour after the first was final',
        history: [byHand('in_1', 0)],
        event: byHand('in_2', 3_600 + againSec),
      },
    ],
    quiet: [
      {
        name: 'a renewal billed again, after its first invoice was voided',
        history: [renewal, exampleInvoice(1, 4_900, { status: 'void' }, 'invoice_voided')],
        event: second,
      },
      {
        name: 'a renewal billed again, after its first invoice was credited',
        history: [renewal, exampleCreditNote(renewal.invoice, 4_900)],
        event: second,
      },
      {
        name: 'two subscriptions of one price that renew at once',
        history: [renewal],
        event: exampleInvoice(1, 4_900, { id: 'in_other', subscription: 'sub_other' }),
      },
      {
        name: 'the invoice that revises another',
        history: [renewal],
        event: { ...second, invoice: { ...second.invoice, isRevision: true } },
      },
      {
        name: 'the same order again, later than that',
        history: [byHand('in_1', 0)],
        event: byHand('in_2', 3_600 + againSec + 1),
      },
      {
        name: 'an invoice by hand of one amount, for something else',
        history: [byHand('in_1', 0)],
        event: byHand('in_2', 60, { lines: otherWords }),
      },
      {
        name: 'a customer who was billed twice on one day before, and paid both',
        history: [byHand('in_a', -900_000), byHand('in_b', -899_000), byHand('in_1', 0)],
        event: byHand('in_2', 60),
      },
    ],
  };
};
