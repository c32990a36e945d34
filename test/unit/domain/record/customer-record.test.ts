import {
  emptyRecord,
  historyBefore,
  maxSeries,
  observeAllInRecord,
  observeInRecord,
  windowSizes,
} from '../../../../lib/domain/record/customer-record.ts';
import type { Observation } from '../../../../lib/domain/record/series.ts';

const at = (atSec: number, hash = atSec): Observation => ({
  atSec,
  hash,
  value: 900,
  revision: 0,
  voided: false,
  verdict: 'none',
});

describe('the history before an object', () => {
  const key = 'charge:usd';
  const series = [at(100), at(200), at(300), at(300, 7)];
  const record = series.reduce(
    (before, seen) => observeInRecord(before, 'charges', key, seen).record,
    emptyRecord,
  );

  it('is what was made until then, without its own observation', () => {
    const earlier = historyBefore(record, 'charges', key, { atSec: 200, hash: 200 });
    expect(earlier).toEqual([at(100)]);
  });

  it('has what was made in its second', () => {
    const others = historyBefore(record, 'charges', key, { atSec: 300, hash: 300 });
    expect(others).toEqual([at(100), at(200), at(300, 7)]);
  });

  it('is empty where nothing is known', () => {
    expect(historyBefore(record, 'charges', 'charge:eur', { atSec: 300, hash: 300 })).toEqual([]);
  });
});

it.each([
  ['a captured charge', 'charges', 'charge:usd', windowSizes.charges],
  ['an invoice', 'invoices', 'recurring:usd:month', windowSizes.invoices],
  ['usage', 'invoices', 'usage:abc', windowSizes.invoices],
  ['a tax', 'invoices', 'tax:abc', 4],
  ['the most expensive unit', 'invoices', 'dearest:abc', 3],
  ['what is billed', 'invoices', 'billed', 4],
  ['the discounts', 'invoices', 'discount:usd', 6],
  ['a test clock', 'invoices', 'clock', 1],
  ['a refund', 'setbacks', 'refunded:usd', windowSizes.setbacks],
  ['a fact of an item', 'subscriptions', 'si_1:price', windowSizes.subscriptions],
] as const)('remembers so many of %s', (_name, part, key, kept) => {
  const all = Array.from({ length: kept + 2 }, (_, index) => at(index + 1));
  const after = all.reduce((before, seen) => observeInRecord(before, part, key, seen).record, emptyRecord);
  expect(after[part].get(key)).toEqual(all.slice(-kept));
});

describe('what an event says of one part', () => {
  const known = observeInRecord(emptyRecord, 'invoices', 'billed', at(100)).record;

  it.each([
    ['nothing', [], 'repeat'],
    ['a repeat', [{ key: 'billed', seen: at(100) }], 'repeat'],
    [
      'a repeat and something new',
      [
        { key: 'billed', seen: at(100) },
        { key: 'clock', seen: at(100) },
      ],
      'new',
    ],
    [
      'something new and a repeat',
      [
        { key: 'clock', seen: at(100) },
        { key: 'billed', seen: at(100) },
      ],
      'new',
    ],
    [
      'an update and something new',
      [
        { key: 'billed', seen: { ...at(100), revision: 1 } },
        { key: 'clock', seen: at(100) },
      ],
      'updated',
    ],
  ] as const)('is as new as the first that is no repeat: %s', (_name, places, outcome) => {
    expect(observeAllInRecord(known, 'invoices', places).outcome).toBe(outcome);
  });

  it('leaves the record, and its other parts, as they are', () => {
    const places = [{ key: 'clock', seen: at(100) }];
    expect(observeAllInRecord(known, 'invoices', [{ key: 'billed', seen: at(100) }]).record).toBe(known);
    const after = observeAllInRecord(known, 'invoices', places).record;
    expect([...after.invoices.keys()]).toEqual(['billed', 'clock']);
    expect([...known.invoices.keys()]).toEqual(['billed']);
    expect(after.charges).toBe(known.charges);
  });
});

describe('a part with as many series as it keeps', () => {
  const keys = Array.from({ length: maxSeries.charges }, (_, index) => `c${String(index).padStart(2, '0')}`);
  const keysAfter = (atSecOf: (index: number) => number, added: string, addedAtSec: number) => {
    const places = keys.map((key, index) => ({ key, seen: at(atSecOf(index)) })).reverse();
    const { record } = observeAllInRecord(emptyRecord, 'charges', places);
    expect([...record.charges.keys()]).toEqual([...keys].reverse()); // none is forgotten, and all keep their place
    return [...observeInRecord(record, 'charges', added, at(addedAtSec)).record.charges.keys()].sort();
  };

  it.each([
    ['the one that has been quiet longest', (index: number) => 100 + ((index + 7) % 40), 'x', 999, 'c33'],
    ['the new one, when that is older than all', (index: number) => 100 + index, 'x', 99, 'x'],
    ['the last by its key of those of one second', () => 100, 'x', 100, 'x'],
    ['the last by its key, though another is new', () => 100, 'a', 100, 'c39'],
  ])('forgets %s', (_name, atSecOf, added, addedAtSec, forgotten) => {
    const kept = [...keys, added].filter((key) => key !== forgotten);
    expect(keysAfter(atSecOf, added, addedAtSec)).toEqual(kept.sort());
  });
});
