import { changesWith } from '../../../../lib/domain/record/changes-with.ts';
import { isPaid, lastChange } from '../../../../lib/domain/record/invoice-revision.ts';
import { matchesAnotherAmount } from '../../../../lib/domain/record/matches-another-amount.ts';
import { canPay, matchesPayment } from '../../../../lib/domain/record/matches-payment.ts';
import type { Observation } from '../../../../lib/domain/record/series.ts';

const daySec = 86_400;
const [drafted, updated, finalized, paid] = [0, 1, 2, 3];

const charge = (value: number, atSec = 3_600): Observation => ({
  atSec,
  hash: atSec,
  value,
  revision: 0,
  voided: false,
  verdict: 'none',
});
/** An invoice of second 0 whose newest event is so many seconds later. */
const invoice = (value: number, changedAtSec = 3_600, stage = paid): Observation => ({
  ...charge(value, 0),
  revision: changedAtSec * 8 + stage,
});

describe('matchesPayment', () => {
  it.each([
    ['the amount, in time', 900, 3_600, true],
    ['another amount', 901, 3_600, false],
    ['a minute early, as clocks differ', 900, -60, true],
    ['more than a minute early', 900, -61, false],
    ['at the longest due date', 900, 90 * daySec, true],
    ['after it', 900, 90 * daySec + 1, false],
  ])('%s', (_name, value, atSec, matches) => {
    expect(matchesPayment({ value, atSec: 9e6 + atSec }, { value: 900, atSec: 9e6 })).toBe(matches);
  });

  it('has no end while the invoice is open', () => {
    expect(canPay({ value: 900, atSec: 400 * daySec }, { value: 900, atSec: 0 })).toBe(true);
  });
});

describe('changesWith', () => {
  it.each([
    ['paid in the same second', paid, 3_600, true],
    ['paid ten seconds later', paid, 3_610, true],
    ['paid ten seconds before', paid, 3_590, true],
    ['paid eleven seconds later', paid, 3_611, false],
    ['paid eleven seconds before', paid, 3_589, false],
    ['finalized', finalized, 3_600, true],
    ['updated', updated, 3_600, false],
    ['drafted', drafted, 3_600, false],
  ])('an invoice %s', (_name, stage, changedAtSec, changes) => {
    expect(changesWith(charge(900), invoice(900, changedAtSec, stage))).toBe(changes);
  });

  it('goes by when a charge was captured', () => {
    expect(changesWith({ atSec: 3_000, revision: 600 }, invoice(900))).toBe(true);
  });
});

it('reads the newest event of an invoice from its revision', () => {
  expect(lastChange({ atSec: 100, revision: 5 * 8 + finalized })).toEqual({
    kind: 'invoice_finalized',
    changedAtSec: 105,
  });
  expect([drafted, finalized, paid].map((revision) => isPaid({ atSec: 0, revision }))).toEqual([
    false,
    false,
    true,
  ]);
});

describe('matchesAnotherAmount', () => {
  const [took, due] = [charge(800), invoice(900)];
  const alone = (one: Observation, of: Observation) => matchesAnotherAmount(one, of, [one], [of]);

  it('is a charge that took another amount in the moment in which an invoice became paid', () => {
    expect(alone(took, due)).toBe(true);
  });

  it.each([
    ['its amount', charge(900), due],
    ['nothing', charge(0), due],
    ['something of an invoice of nothing', took, invoice(0)],
    ['something in another moment', took, invoice(900, 3_700)],
    ['something of an invoice that is not paid', took, invoice(900, 3_600, finalized)],
  ])('is no charge that took %s', (_name, one, of) => {
    expect(alone(one, of)).toBe(false);
  });

  it('is none when the invoice has a payment of its amount, or the charge an invoice of its own', () => {
    expect(matchesAnotherAmount(took, due, [charge(900, 3_000), took], [due])).toBe(false);
    expect(matchesAnotherAmount(took, due, [took], [due, invoice(800, 10, finalized)])).toBe(false);
    expect(matchesAnotherAmount(took, due, [took, charge(900, 3_700)], [due])).toBe(false);
    expect(matchesAnotherAmount(took, due, [took], [due, invoice(800)])).toBe(false);
  });

  it('is one beside an invoice of its amount that was paid before', () => {
    expect(matchesAnotherAmount(took, due, [took], [due, invoice(800, 1_000)])).toBe(true);
  });

  it('is none when charges add up to the invoice, or invoices to the charge', () => {
    expect(matchesAnotherAmount(took, due, [charge(100, 0), took], [due])).toBe(false);
    expect(matchesAnotherAmount(took, due, [charge(100, -1), took], [due])).toBe(true);
    expect(matchesAnotherAmount(took, due, [took, charge(100, 3_601)], [due])).toBe(true);
    expect(matchesAnotherAmount(charge(1_000), due, [charge(1_000)], [due, invoice(100)])).toBe(false);
    expect(matchesAnotherAmount(charge(1_000), due, [charge(1_000)], [due, invoice(100, 10)])).toBe(true);
  });

  it('adds up to twelve parts, and says nothing of more', () => {
    const parts = (count: number) => Array.from({ length: count }, (_, index) => charge(1, index));
    expect(matchesAnotherAmount(took, due, [...parts(11), took], [due])).toBe(true);
    expect(matchesAnotherAmount(took, due, [...parts(12), took], [due])).toBe(false);
  });
});
