import { exampleInvoice } from '../../../../lib/detectors/examples/example-events.ts';
import type { Invoice } from '../../../../lib/domain/events/billing-event.ts';
import { chargeMoneyState, moneyState } from '../../../../lib/domain/finding/money-state.ts';

const dueAtSec = 1_800_000_000;
const stateOf = (changes: Partial<Invoice>) => moneyState(exampleInvoice(0, 41_000, changes).invoice);

it.each([
  ['charge_automatically', null, 'charged'],
  ['charge_automatically', dueAtSec, 'charged'],
  ['send_invoice', null, 'sent'],
  ['send_invoice', dueAtSec, 'sent'],
  [null, null, 'charged'],
  [null, dueAtSec, 'sent'],
] as const)('says of collection %p, due %p, that it is %s', (collectionMethod, due, collection) => {
  expect(stateOf({ collectionMethod, dueAtSec: due })).toMatchObject({ collection, state: 'draft' });
});

it('keeps only the times that still matter', () => {
  const times = { finalizesAtSec: 1_790_000_000, dueAtSec };
  expect(stateOf({ ...times, status: 'draft' })).toMatchObject(times);
  expect(stateOf({ ...times, id: 'upcoming_sub_1' })).toMatchObject({ ...times, state: 'upcoming' });
  expect(stateOf({ ...times, status: 'open' })).toMatchObject({ finalizesAtSec: null, dueAtSec });
  expect(stateOf({ ...times, status: null })).toMatchObject({
    state: 'open',
    finalizesAtSec: null,
    dueAtSec,
  });
  for (const status of ['paid', 'void', 'uncollectible'] as const) {
    expect(stateOf({ ...times, status })).toMatchObject({ finalizesAtSec: null, dueAtSec: null });
  }
});

it('counts a charge that succeeded as paid', () => {
  expect(chargeMoneyState({ currency: 'jpy' })).toEqual({
    currency: 'jpy',
    state: 'paid',
    collection: 'charged',
    finalizesAtSec: null,
    dueAtSec: null,
  });
});
