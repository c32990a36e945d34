import { rule } from '../../run-stage.ts';
import * as adjust from './adjust.ts';
import * as baseline from './baseline.ts';
import * as decide from './decide.ts';
import * as explain from './explain.ts';
import * as suppress from './suppress.ts';

/**
 * How amount-spike comes to its finding: five stages, each a list of rules in their order. A rule changes what its stage
 * begins with; left out (`replay --without RULE`), it changes nothing. `judge-amount.ts` runs them.
 */
export const stages = {
  /** What is judged, and with what is it compared? Begins with the whole amount and all amounts of its kind. */
  adjust: [
    rule('purchases-only', 'Drops earlier charges that paid an invoice.', adjust.purchasesOnly),
    rule('expected-invoices', 'Adds invoices that a person called expected.', adjust.expectedInvoices),
    rule('prorations-aside', 'Takes the prorations off the amount.', adjust.prorationsAside),
    rule('past-unprorated', 'Takes the prorations off earlier invoices.', adjust.pastUnprorated),
    rule('same-discount', 'Puts earlier invoices at the discount of this one.', adjust.sameDiscount),
    rule('charges-instead', 'Takes charges while such invoices are too few.', adjust.chargesInstead),
    rule(
      'fees-beside-charges',
      'Calls such invoices expected where there are charges.',
      adjust.feesBesideCharges,
    ),
  ],
  /** What is usual? Begins with `sigmas` robust standard deviations above the centre, from the first amount on. */
  baseline: [
    rule('warm-up', 'Waits for `warmUp` amounts, until the account is calibrated.', baseline.warmUp),
    rule('headroom', 'Allows `headroom` times the largest usual amount.', baseline.headroom),
    rule('called-expected', 'Counts what a person called expected as usual.', baseline.calledExpected),
    rule('heavy-tails', 'Widens the range of few purchases: Student’s t.', baseline.heavyTails),
    rule('calibrated', 'Takes the width from the account’s other purchases.', baseline.calibrated),
    rule('common-shift', 'Adds what lifts all customers these days.', baseline.commonShift),
    rule('extreme-amounts', 'Ends the range at `extremeTimes` the largest amount.', baseline.extremeAmounts),
    rule('planned-headroom', 'Allows `setHeadroom` times the largest, if planned.', baseline.plannedHeadroom),
    rule('planned-before', 'Lets a planned amount grow from an earlier one.', baseline.plannedBefore),
  ],
  /** What accounts for an invoice above that? Begins with nothing. */
  explain: [
    rule('catalog-prices', 'Believes seats at prices that others pay, if planned.', explain.catalogPrices),
    rule('as-planned', 'Believes what the subscription sets.', explain.asPlanned),
    rule('partly-planned', 'Believes the part that it sets, on top of the usual.', explain.partlyPlanned),
    rule('usage-left', 'Leaves usage at known unit prices to usage-spike.', explain.usageLeft),
  ],
  /** Is it beyond the boundary? Begins with the range. */
  decide: [
    rule('least-at-stake', 'Asks for `leastAtStakeDollars` above the typical.', decide.leastAtStake),
    rule('unordered-seats', 'Finds more seats than the subscription had.', decide.unorderedSeats),
  ],
  /** Is it news? Begins with the spike, or else the seats. */
  suppress: [
    rule('settled', 'Drops void invoices, and edits of settled ones.', suppress.settled),
    rule('judged-on-invoice', 'Drops the payment of an invoice.', suppress.judgedOnInvoice),
    rule('flagged-when-charged', 'Drops an invoice whose charge was a spike.', suppress.flaggedWhenCharged),
    rule('ongoing', 'Drops what was alerted the last time and continues.', suppress.ongoing),
    rule('billed-twice', 'Drops an amount that was billed twice before.', suppress.billedTwice),
    rule('test-clock', 'Drops seats under a test clock.', suppress.testClock),
    rule('seats-expected', 'Drops seats after as much was called expected.', suppress.seatsExpected),
  ],
};
