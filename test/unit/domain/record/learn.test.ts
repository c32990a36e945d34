import { exampleCharge, exampleSubscription } from '../../../../lib/detectors/examples/example-events.ts';
import { exampleFraudWarning } from '../../../../lib/detectors/examples/example-fraud-warning.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';

it('calls an event news that leaves nothing in the record', () => {
  expect(learn(exampleFraudWarning(0), emptyRecord)).toEqual({ record: emptyRecord, outcome: 'new' });
});

it.each([
  ['a charge', exampleCharge(0, 900), ['charges']],
  ['a failed charge', exampleCharge(0, 900, {}, 'charge_failed'), ['setbacks']],
  ['a subscription', exampleSubscription(0), ['subscriptions']],
] as const)('changes one part of the record by %s', (_name, event, parts) => {
  const { record, outcome } = learn(event, emptyRecord);
  expect(outcome).toBe('new');
  const changed = Object.entries(record).filter(([, part]) => part.size > 0);
  expect(changed.map(([part]) => part)).toEqual(parts);
});
