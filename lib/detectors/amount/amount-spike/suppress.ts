import { canStillMatter } from '../../../domain/events/can-still-matter.ts';
import { historyBefore } from '../../../domain/record/customer-record.ts';
import { isSimulated } from '../../../domain/record/is-simulated.ts';
import { matchesPayment } from '../../../domain/record/matches-payment.ts';
import { amountObservation } from '../../../domain/record/observations-of.ts';
import type { Observation, Series } from '../../../domain/record/series.ts';
import { seriesKey } from '../../../domain/record/series-key.ts';
import { isOwnPayment } from '../../baseline/is-own-payment.ts';
import {
  type AlertedRange,
  isInAlertedRange,
  lastAlerted,
  wasBilled,
} from '../../baseline/ongoing-condition.ts';
import { wasExpected } from '../../baseline/was-expected.ts';
import type { Explained } from './explain.ts';
import { hasUsage, isPurchase, type Subject } from './subject.ts';
import type { UnorderedSeats } from './unordered-seats.ts';

/** An amount above its boundary. */
export interface Spike extends Explained {
  readonly explainedMinor: number;
  readonly leastMinor: number;
  /** The largest silent amount. */
  readonly boundaryMinor: number;
  /** What was alerted the last time, where this is something else. */
  readonly alerted: AlertedRange | undefined;
  /** The largest amount that was silent after an earlier past, even if it was planned; undefined when that says too little. */
  readonly boundaryAfter: (past: Series) => number | undefined;
  /** Whether an earlier charge was above its boundary. */
  readonly wasSpike: (charge: Observation) => boolean;
}

/** What would be reported: the spike, or else the seats. */
export interface Suspects {
  readonly spike: Spike | undefined;
  readonly seats: UnorderedSeats | undefined;
}

/** Drops the spike when a rule's condition holds. */
const dropSpike =
  (isKnown: (spike: Spike, subject: Subject) => boolean) =>
  (suspects: Suspects, subject: Subject): Suspects =>
    suspects.spike !== undefined && isKnown(suspects.spike, subject)
      ? { ...suspects, spike: undefined }
      : suspects;

/** Drops the seats when a rule's condition holds. */
const dropSeats =
  (isKnown: (subject: Subject) => boolean) =>
  (suspects: Suspects, subject: Subject): Suspects =>
    suspects.seats !== undefined && isKnown(subject) ? { ...suspects, seats: undefined } : suspects;

export function settled(suspects: Suspects, { invoice }: Subject): Suspects {
  return invoice === undefined || canStillMatter(invoice) ? suspects : { spike: undefined, seats: undefined };
}

export const judgedOnInvoice = dropSpike(
  (_, { charge, record }) => charge !== undefined && !isOwnPayment(charge, record),
);

/** The invoice came after its charge. */
export const flaggedWhenCharged = dropSpike((spike, { invoice, record, currency, object, amountMinor }) => {
  if (invoice === undefined) return false;
  const due = { atSec: object.atSec, value: amountMinor };
  const charges = record.charges.get(seriesKey.charge(currency)) ?? [];
  const payment = charges.find((known) => matchesPayment(known, due));
  return payment !== undefined && spike.wasSpike(payment);
});

/** Keeps bills with usage, which may have been left to usage-spike, and purchases, which are no ongoing condition. */
export function ongoing(suspects: Suspects, subject: Subject): Suspects {
  const { spike } = suspects;
  const { invoice, knobs } = subject;
  if (spike === undefined || invoice === undefined || isPurchase(subject) || hasUsage(invoice))
    return suspects;
  const alerted = lastAlerted(spike.before, knobs.headroom, spike.boundaryAfter);
  if (alerted === undefined) return suspects;
  return {
    ...suspects,
    spike: isInAlertedRange(spike.valueMinor, alerted) ? undefined : { ...spike, alerted },
  };
}

export const billedTwice = dropSpike(
  (spike, subject) => !isPurchase(subject) && wasBilled(spike.valueMinor, spike.before),
);

/** The clock stands still while someone changes the subscription. */
export const testClock = dropSeats(
  ({ invoice, record }) => invoice !== undefined && isSimulated(invoice, record),
);

export const seatsExpected = dropSeats(({ invoice, record }) => {
  if (invoice === undefined) return false;
  const { part, key, seen } = amountObservation(invoice);
  return wasExpected(historyBefore(record, part, key, seen), (value) => value >= seen.value);
});
