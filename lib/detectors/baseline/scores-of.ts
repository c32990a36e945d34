import type { AccountFact } from '../../domain/account/account-facts-of.ts';
import { maxGapDays, packScore } from '../../domain/account/score.ts';
import type { BillingEvent } from '../../domain/events/billing-event.ts';
import { canStillMatter } from '../../domain/events/can-still-matter.ts';
import { objectHash } from '../../domain/events/object-hash.ts';
import { type CustomerRecord, historyBefore } from '../../domain/record/customer-record.ts';
import { isSimulated } from '../../domain/record/is-simulated.ts';
import { prorationsMinor } from '../../domain/record/prorations-minor.ts';
import type { Series } from '../../domain/record/series.ts';
import { isOneOff, seriesKey } from '../../domain/record/series-key.ts';
import { usageByPrice } from '../../domain/record/usage.ts';
import { daySec } from '../../domain/time.ts';
import { logLevel } from '../../stats/log-level.ts';
import { amountsBefore, chargesBefore } from './comparable-amounts.ts';
import { countedIn } from './expected-range.ts';
import { isOwnPayment } from './is-own-payment.ts';

/** As amount-spike's warm-up: so many alike are a history of their own. */
const enough = 5;

/** What is compared with what. */
interface Compared {
  readonly id: string;
  readonly createdAtSec: number;
  readonly value: number;
  readonly before: Series;
}

/**
 * How far an object lies from what the record held before it: what the account's calibration learns from. Ask when the
 * object is new to the record; asked again of the same record, it gives equal facts. Test clocks teach nothing.
 */
export function scoresOf(event: BillingEvent, record: CustomerRecord): readonly AccountFact[] {
  if (isSimulated(event, record)) return [];
  switch (event.kind) {
    case 'charge_succeeded': {
      const { id, currency, createdAtSec, amountCapturedMinor: value } = event.charge;
      if (!isOwnPayment(event, record)) return [];
      const before = chargesBefore(record, currency, { atSec: createdAtSec, hash: objectHash(id) });
      return scored('amount', currency, event.occurredAtSec, { id, createdAtSec, value, before });
    }
    case 'invoice_drafted':
    case 'invoice_updated':
    case 'invoice_finalized': {
      const { invoice, occurredAtSec } = event;
      const { id, currency, createdAtSec, amountDueMinor } = invoice;
      if (!canStillMatter(event)) return [];
      const object = { atSec: createdAtSec, hash: objectHash(id) };
      const usage = usageByPrice(invoice).flatMap(({ price, perDayMilli: value }) => {
        const before = historyBefore(record, 'invoices', seriesKey.usage(price), object);
        return scored('usage', '', occurredAtSec, { id: `${id} ${price}`, createdAtSec, value, before });
      });
      if (!isOneOff(event)) return usage;
      const value = amountDueMinor - Math.max(0, prorationsMinor(invoice));
      const before = amountsBefore(event, record, enough);
      return [...usage, ...scored('amount', currency, occurredAtSec, { id, createdAtSec, value, before })];
    }
    default:
      return [];
  }
}

function scored(
  counter: 'amount' | 'usage',
  currency: string,
  atSec: number,
  { id, createdAtSec, value, before }: Compared,
): readonly AccountFact[] {
  if (value <= 0) return [];
  const counted = countedIn(before);
  const lastSec = counted.at(-1)?.atSec;
  const gapDays = lastSec === undefined ? maxGapDays : (createdAtSec - lastSec) / daySec;
  const score = { ...logLevel(counted.map((seen) => seen.value)), log: Math.log(value), gapDays };
  return [
    {
      counter,
      currency,
      hash: objectHash(id),
      atSec,
      value: packScore({ ...score, gapDays: Math.min(maxGapDays, gapDays) }),
    },
  ];
}
