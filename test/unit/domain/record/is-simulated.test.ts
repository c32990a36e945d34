import {
  exampleCharge,
  exampleInvoice,
  exampleSubscription,
} from '../../../../lib/detectors/examples/example-events.ts';
import type { BillingEvent } from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { isSimulated } from '../../../../lib/domain/record/is-simulated.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';

const testMode = { livemode: false };
const byClock = { ...testMode, isSimulated: true as const };
const charge = { ...exampleCharge(1, 900), ...testMode };
const [invoice, subscription] = [exampleInvoice(0, 900), exampleSubscription(0)];

it.each<readonly [string, BillingEvent, readonly BillingEvent[], boolean]>([
  ['an event that says so', { ...invoice, ...byClock }, [], true],
  ['an event that does not', charge, [], false],
  ['a charge after an invoice that said so', charge, [{ ...invoice, ...byClock }], true],
  ['a charge after a subscription that said so', charge, [{ ...subscription, ...byClock }], true],
  ['a charge after events that did not', charge, [invoice, subscription], false],
  ['live mode, whatever an event says', { ...invoice, ...byClock, livemode: true }, [], false],
  ['live mode, whatever was said', { ...charge, livemode: true }, [{ ...invoice, ...byClock }], false],
])('knows a test clock, or none, by %s', (_name, event, before, simulated) => {
  const record = before.reduce((known, earlier) => learn(earlier, known).record, emptyRecord);
  expect(isSimulated(event, record)).toBe(simulated);
});
