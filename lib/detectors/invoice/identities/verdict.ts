import type { Invoice, InvoiceEvent } from '../../../domain/events/billing-event.ts';
import type { Breakdown } from '../../../domain/finding/finding.ts';

/** An amount on an invoice that its own other amounts contradict. */
export interface Broken {
  /** What the two amounts are, e.g. `invoice total`. */
  readonly what: string;
  readonly actualMinor: number;
  readonly expectedMinor: number;
  /** The rest of the sentence that begins with "Invoice ACME-0042 to Acme Ltd". */
  readonly says: string;
  /** How the right amount is computed: the rows sum to `expectedMinor`. */
  readonly rows: Breakdown['rows'];
}

/** `not provable` when a fact is missing: never a reason to say that something is wrong. */
export type Verdict = 'holds' | 'not provable' | Broken;

export interface InvoiceIdentity {
  /** Part of the finding's id: a draft and its final invoice break the same identity once. */
  readonly name: string;
  /** What must hold, in words. */
  readonly rule: string;
  readonly check: (invoice: Invoice, kind: InvoiceEvent['kind']) => Verdict;
}

export function isBroken(verdict: Verdict): verdict is Broken {
  return typeof verdict === 'object';
}
