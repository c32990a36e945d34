import type { Measure } from '../../../lib/domain/finding/finding.ts';
import { breakdownRows } from '../../../lib/message/breakdown-rows.ts';
import { differenceWords } from '../../../lib/message/difference-words.ts';
import { measureWords } from '../../../lib/message/measure-words.ts';
import { moneyStateWords } from '../../../lib/message/money-state-words.ts';
import { subjectOf } from '../../../lib/message/subject.ts';
import { durationWords, timeWords } from '../../../lib/message/text/time-words.ts';
import { brokenSum, draftSpike, nowSec, yenCharge } from './sample-findings.ts';

const money = (currency: string): Measure => ({ kind: 'money', currency, what: '' });
const quantity = (unit: string): Measure => ({ kind: 'quantity', unit, what: '' });

it.each([
  [412_000, money('usd'), '$4,120.00'],
  [50_000, money('jpy'), '¥50,000'],
  [1_250, money('kwd'), 'KWD 1.250'],
  [-4_105, money('usd'), '$41.05 credit'],
  [48_210, quantity('API calls'), '48,210 API calls'],
  [123_456.78, quantity('GB'), '123,457 GB'],
  [7.123_456_7, quantity('GB'), '7.1235 GB'],
])('writes %p of %p as %s', (value, measure, words) => {
  expect(measureWords(value, measure).replace(/\s/g, ' ')).toBe(words);
});

it.each([
  [20, 'under a minute'],
  [61, '1 min'],
  [119 * 60, '119 min'],
  [3 * 3600 + 59, '3 h'],
  [12_000, '3 h 20 min'],
  [266_400, '3 days 2 h'],
])('rounds %i seconds left down to %s', (seconds, words) => {
  expect(durationWords(seconds)).toBe(words);
});

it('names the zone of a time, in summer and winter', () => {
  expect(timeWords(nowSec, 'Europe/Berlin')).toBe('15:00 CET on 23 Nov 2026');
  expect(timeWords(nowSec - 100 * 86_400, 'Europe/Berlin')).toBe('16:00 CEST on 15 Aug 2026');
});

describe('the difference', () => {
  it('has no per cent when nothing was expected, or a credit', () => {
    const nothing = {
      ...draftSpike,
      history: { count: 0, points: [] },
      expected: { low: 0, high: 0 },
      typical: undefined,
    };
    expect(differenceWords(nothing)).toBe('$4,120.00 more than expected');
    expect(differenceWords({ ...brokenSum, actual: -400, expected: { low: -500, high: -500 } })).toBe(
      '$1.00 more than it should be',
    );
  });

  it('is stated against the nearer end of the range when there is no typical value', () => {
    expect(differenceWords({ ...draftSpike, typical: undefined })).toBe(
      '$3,628.00 more than expected (+737%)',
    );
    expect(differenceWords({ ...draftSpike, typical: undefined, actual: 17_400 })).toBe(
      '$174.00 less than expected (−50%)',
    );
  });

  it('keeps a decimal of a small share, and calls a tiny one tiny', () => {
    expect(differenceWords(brokenSum)).toBe('$50.00 more than it should be (+4.2%)');
    expect(differenceWords({ ...brokenSum, actual: 120_001 })).toBe(
      '$0.01 more than it should be (under 0.1%)',
    );
  });
});

describe('the state of the money', () => {
  const state = (change: Partial<typeof draftSpike.money>) =>
    moneyStateWords({ ...draftSpike.money, ...change }, nowSec, 'Europe/Berlin');

  it('says of a draft whether Stripe will charge it or send it, whatever its due date', () => {
    const due = { dueAtSec: nowSec + 86_400 };
    expect(state(due).brief).toBe('charges in 47 min');
    expect(state(due).full).toMatch(/^Draft: will be finalised and charged at /);
    expect(state({ collection: 'sent' }).brief).toBe('final in 47 min');
    expect(state({ collection: 'sent' }).full).toMatch(/^Draft: will be finalised and sent at /);
  });

  it('says of a forecast that its invoice is not made yet, and until when it can be corrected', () => {
    expect(state({ state: 'upcoming' })).toEqual({
      brief: 'charges in 47 min',
      full: 'Upcoming: its invoice is not made yet, and will be charged at 15:47 CET on 23 Nov 2026. 47 min left to correct it.',
    });
    const over = state({ state: 'upcoming', finalizesAtSec: nowSec - 1 });
    expect(over.brief).toBeNull();
    expect(over.full).toMatch(/^Upcoming when it was seen/);
  });

  it('says of a time that is Stripe’s usual one that it is about then', () => {
    expect(state({ finalizesAtIs: 'estimated' })).toEqual({
      brief: 'charges in about 47 min',
      full: 'Draft: will be finalised and charged at about 15:47 CET on 23 Nov 2026 (Stripe’s usual hour after it is made). About 47 min left to stop it.',
    });
  });

  it('says of what asks for nothing that no money is collected, and waits for no charge', () => {
    const nothing = (change: Partial<typeof draftSpike.money>) => state({ isNothingDue: true, ...change });
    expect(nothing({})).toEqual({
      brief: 'final in 47 min',
      full: 'Draft: will be finalised at 15:47 CET on 23 Nov 2026. Nothing is due on it, so no money will be collected. 47 min left to stop it.',
    });
    expect(nothing({ state: 'upcoming' }).full).toMatch(/and will be final at .* no money will be collected/);
    expect(nothing({ state: 'open', dueAtSec: nowSec }).full).toBe(
      'Open: finalised, and nothing is due on it.',
    );
    expect(nothing({ state: 'paid' }).full).toBe(
      'Closed as paid: nothing was due, and no money was collected.',
    );
  });

  it('says of each state what it means for the reader', () => {
    expect(state({ finalizesAtSec: null })).toEqual({
      brief: null,
      full: 'Draft: Stripe has no date on which it will finalise it by itself.',
    });
    expect(state({ finalizesAtSec: null, finalizesAtIs: 'unsaid' }).full).toBe(
      'Draft: Stripe’s event does not say when it will be finalised, which may be at once.',
    );
    expect(state({ state: 'open' }).full).toBe('Open: finalised, not yet paid.');
    expect(state({ state: 'open', dueAtSec: nowSec + 86_400 }).brief).toBe('due 24 Nov 2026');
    expect(state({ state: 'paid' }).full).toBe('Paid: money has been collected.');
    expect(state({ state: 'subscription' }).full).toBe('It is about subscriptions, not about one bill.');
    expect(state({ state: 'void' }).full).toMatch(/^Void/);
    expect(state({ state: 'uncollectible' }).full).toMatch(/^Written off/);
    expect(state({ state: 'failed' }).full).toMatch(/^Not paid: .* no money has moved/);
    expect(state({ state: 'refunded' }).full).toMatch(/^Refunded: .* back to the customer/);
  });
});

describe('the subject', () => {
  it('cuts a long name before it leaves out the amount, what is usual or the deadline', () => {
    const customerName = 'The Amalgamated Society of Very Long Names and Sons, Incorporated';
    expect(subjectOf({ ...draftSpike, customerName }, 'charges in 47 min')).toBe(
      'High: The Amalgamated S… draft invoice $4,120.00, usually about $410.00, charges in 47 min',
    );
  });

  it('leaves out the deadline before what is usual, and the amount never', () => {
    const large = { ...draftSpike, livemode: false, severity: 'critical', actual: 999_999_999_999 } as const;
    const subject = subjectOf(
      { ...large, customerName: 'Amalgamated Holdings', typical: 99_999_999 },
      'charges in 47 min',
    );
    expect(subject).toBe(
      '[TEST] Critical: Amalgamated Holdings $9,999,999,999.99, usually about $999,999.99',
    );
  });

  it('names a customer without a name by its id, and a guest as one', () => {
    expect(subjectOf({ ...yenCharge, customerName: null }, null)).toMatch(/^Critical: cus_Tk77 charge/);
    expect(subjectOf({ ...yenCharge, customerName: null, customer: 'card_a' }, null)).toMatch(
      /^Critical: a guest charge/,
    );
  });

  it.each(['org_4711', 'acct_1SellerNine', 'тариф', 'jane.doe'])(
    'calls the customer %s no guest',
    (customer) => {
      expect(subjectOf({ ...yenCharge, customerName: null, customer }, null)).toContain(
        `: ${customer} charge`,
      );
    },
  );
});

describe('the breakdown', () => {
  const rows = Array.from({ length: 30 }, (_, index) => ({
    label: `Line ${index + 1}`,
    amountMinor: index + 1,
  }));
  const sumOf = (shown: readonly { amountMinor: number }[]) =>
    shown.reduce((sum, row) => sum + row.amountMinor, 0);

  it('folds the middle of a long list into one row and still sums exactly', () => {
    const shown = breakdownRows({ rows, totalLabel: '', totalMinor: 465 });
    expect(shown.map(({ label }) => label).slice(9)).toEqual(['Line 10', '19 more lines', 'Line 30']);
    expect(sumOf(shown)).toBe(465);
  });

  it('says what nothing accounts for', () => {
    const shown = breakdownRows({ rows: rows.slice(0, 2), totalLabel: '', totalMinor: 10 });
    expect(shown.at(-1)).toEqual({ label: 'Not itemised', amountMinor: 7 });
  });
});
