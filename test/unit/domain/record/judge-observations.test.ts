import { exampleCharge, exampleInvoice } from '../../../../lib/detectors/examples/example-events.ts';
import { burstsOf } from '../../../../lib/domain/record/bursts-of.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { isCountable } from '../../../../lib/domain/record/is-countable.ts';
import { judgeObservations } from '../../../../lib/domain/record/judge-observations.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';

const events = [
  exampleCharge(0, 900, { id: 'ch_a' }),
  exampleCharge(1, 950, { id: 'ch_b' }),
  exampleInvoice(0, 900),
];
const record = events.reduce((before, event) => learn(event, before).record, emptyRecord);

it('notes what a person said of one object, and leaves the others alone', () => {
  const judged = judgeObservations(record, 'charges', 'ch_a', 'error');
  expect(judged.charges.get('charge:usd')?.map(({ verdict }) => verdict)).toEqual(['error', 'none']);
  expect(judged.invoices).toBe(record.invoices);
});

it('is the same record when that changes nothing', () => {
  expect(judgeObservations(record, 'charges', 'ch_a', 'none')).toBe(record);
  expect(judgeObservations(record, 'charges', 'ch_gone', 'error')).toBe(record);
});

it('counts what is neither void nor called an error', () => {
  const [seen] = record.charges.get('charge:usd') ?? [];
  if (seen === undefined) throw new Error('no charge');
  const of = [{}, { voided: true }, { verdict: 'error' as const }, { verdict: 'expected' as const }];
  expect(of.map((changes) => isCountable({ ...seen, ...changes }))).toEqual([true, false, false, true]);
});

it('cuts a series where nothing happens for longer than the gap', () => {
  const [seen] = record.charges.get('charge:usd') ?? [];
  if (seen === undefined) throw new Error('no charge');
  const at = (atSec: number) => ({ ...seen, atSec });
  expect(burstsOf([at(0), at(420), at(430), at(851)], 420)).toEqual([[at(0), at(420), at(430)], [at(851)]]);
  expect(burstsOf([], 420)).toEqual([]);
});
