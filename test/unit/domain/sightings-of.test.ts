import { exampleCharge, exampleInvoice } from '../../../lib/detectors/example-events.ts';
import { countHour } from '../../../lib/domain/hour-counts.ts';
import { sightingsOf } from '../../../lib/domain/sightings-of.ts';

const talliesOf = (event: Parameters<typeof sightingsOf>[0]) => sightingsOf(event).map(({ tally }) => tally);

it('tells of each event, whom it made active, and what it counts', () => {
  expect(talliesOf(exampleCharge(0, 900))).toEqual(['event', 'active', 'charge']);
  expect(talliesOf(exampleCharge(0, 900, {}, 'charge_failed'))).toEqual([
    'event',
    'active',
    'failed',
    'object',
  ]);
  expect(talliesOf(exampleInvoice(0, 900))).toEqual(['event', 'active', 'object']);
});

it('makes nobody active by what Stripe did not deliver, so that its silence shows', () => {
  expect(talliesOf({ ...exampleCharge(0, 900), isFetched: true })).toEqual(['event', 'charge']);
});

it('counts for no detector what only reconcile asks for', () => {
  expect([...countHour(sightingsOf(exampleInvoice(0, 900))).keys()]).toEqual(['active']);
});
