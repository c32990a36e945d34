import { customerLabel } from '../../domain/events/customer-label.ts';
import { isGuest } from '../../domain/events/is-guest.ts';
import { objectHash } from '../../domain/events/object-hash.ts';
import type { Severity } from '../../domain/finding/finding.ts';
import { chargeMoneyState } from '../../domain/finding/money-state.ts';
import { approximateUsd } from '../../domain/money/approximate-usd.ts';
import { formatMoney } from '../../domain/money/money.ts';
import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import { isPaid } from '../../domain/record/invoice-revision.ts';
import { matchesPayment } from '../../domain/record/matches-payment.ts';
import { seriesKey } from '../../domain/record/series-key.ts';
import { daySec, weekSec } from '../../domain/time.ts';
import { invoicedAmounts } from '../baseline/comparable-amounts.ts';
import { defineDetector } from '../define.ts';
import {
  type Examples,
  exampleCharge,
  exampleFailures,
  exampleInvoice,
  monthAtSec,
} from '../examples/example-events.ts';
import { type Moment, newBurst } from './burst.ts';
import { burstMeasures, minutesOf } from './burst-measures.ts';

const spanSec = 30 * 60; //     seconds; Stripe's own retries are hours to days apart, a loop's are seconds to minutes
const everydayCount = 3; //     failures; a person tries a card again, then another one, and gives up
const firstTrySec = daySec; //  seconds; each open invoice may fail once in it: Stripe tries at most once a day
const cardTestDollars = 5; //   about, in any currency; thieves try cards with amounts that no one notices
const highDollars = 500; //     about, in any currency; that much not collected is worth looking at today

export const failedPayments = defineDetector({
  id: 'failed-payments',
  question: 'Do this customer’s payments fail again and again within minutes?',
  certainty: 'unusual',
  admits: true,
  basis: 'payments seldom fail so often within minutes',
  nextSteps: [
    'Open the payment in Stripe and look at the customer’s other failed ones: one card or many, which decline codes?',
    'Many cards or tiny amounts: someone tries stolen cards. Block the customer, and refund what went through.',
    'One card and one amount: a program retries in a loop. Ask engineering to stop it; card networks fine repeated tries.',
  ],
  blindSpots: [
    'Failures more than 30 minutes apart: Stripe’s own retries, and thieves with patience.',
    'Guests: many cards that fail once or twice each belong to no customer.',
    'Tries in several currencies at once: each currency is counted by itself.',
    'How a burst continues: it is reported when it begins, and again only after a day without one.',
    'Bursts of more than nine as a habit: sixteen failures are remembered, so those are reported each time.',
  ],
  needsRealTime: true,
  on: ['charge_failed'],
  judge(event, record) {
    const { charge, customer } = event;
    if (customer !== null && isGuest(customer)) return [];
    const { currency, createdAtSec: atSec } = charge;
    const hash = objectHash(charge.id);
    const known = (record.setbacks.get(seriesKey.failed(currency)) ?? []).filter(
      (other) => other.hash !== hash,
    );
    const now = { atSec, value: charge.amountMinor };
    const unexplained = withoutFirstTries(record, currency);
    const burst = newBurst(
      unexplained(known),
      unexplained([...known, now].sort((a, b) => a.atSec - b.atSec)),
      atSec,
      { spanSec, everydayCount: Math.max(everydayCount, paidMeanwhile(record, currency, atSec)) },
    );
    if (burst === undefined) return [];
    const amounts = burst.moments.map(({ value }) => value);
    const money = (minor: number): string => formatMoney(minor, currency);
    const [least, most] = [Math.min(...amounts), Math.max(...amounts)];
    const of = least === most ? `of ${money(most)} each` : `of ${money(least)} to ${money(most)}`;
    return [
      {
        ...severityOf(most, currency),
        summary:
          `Payments by ${customerLabel(event)} failed ${amounts.length} times within ${minutesOf(burst)}, ${of}; ` +
          `usually ${burst.usualCount === 0 ? 'none does' : `it is at most ${burst.usualCount}`}.`,
        headline: `payments failed ${amounts.length} times within ${minutesOf(burst)}, ${of}`,
        ...burstMeasures(burst, currency, 'failed payments within 30 minutes'),
        rule:
          `Failed payments are flagged when there are more than ${burst.boundary} within ${spanSec / 60} minutes. The ` +
          'first try of an invoice that is still open does not count, nor do failures that are fewer than the payments ' +
          'that went through meanwhile; a customer who had two such bursts is judged by the larger one.',
        atStakeMinor: most,
        money: chargeMoneyState(charge, 'failed'),
      },
    ];
  },
});

function severityOf(mostMinor: number, currency: string): { severity: Severity; severityReason: string } {
  const most = formatMoney(mostMinor, currency);
  if (mostMinor <= approximateUsd(cardTestDollars, currency))
    return {
      severity: 'high',
      severityReason: `None is more than ${most}: so small amounts are how stolen cards are tried.`,
    };
  const isHigh = mostMinor >= approximateUsd(highDollars, currency);
  return { severity: isHigh ? 'high' : 'medium', severityReason: `Up to ${most} could not be collected.` };
}

/**
 * Leaves out one failure a day of each invoice that is still open: a customer with five subscriptions and a card that
 * has expired fails five times in a minute, and again when Stripe tries all five again.
 */
function withoutFirstTries(record: CustomerRecord, currency: string) {
  const open = invoicedAmounts(record, currency).filter((invoice) => !invoice.voided && !isPaid(invoice));
  return (failures: readonly Moment[]): readonly Moment[] => {
    const triedAtSec = new Map<Moment, number>();
    return failures.filter((failure) => {
      const isFirstTry = (invoice: Moment): boolean =>
        matchesPayment(failure, invoice) && failure.atSec - (triedAtSec.get(invoice) ?? 0) > firstTrySec;
      const invoice = open.find(isFirstTry);
      if (invoice !== undefined) triedAtSec.set(invoice, failure.atSec);
      return invoice === undefined;
    });
  };
}

/** Payments that went through around the same time: one that pays all day, say a reseller, also fails more often. */
function paidMeanwhile(record: CustomerRecord, currency: string, atSec: number): number {
  const paid = record.charges.get(seriesKey.charge(currency)) ?? [];
  return paid.filter((charge) => Math.abs(charge.atSec - atSec) <= spanSec).length;
}

export const examples: Examples = () => {
  const fifteenSecApart = [0, 15, 30, 45, 60, 75, 90, 105];
  const bill = (count: number) =>
    Array.from({ length: count }, (_, index) => exampleInvoice(6, 4_900, { id: `in_6_${index}` }));
  const failure = (afterSec: number) => exampleFailures(6, 4_900, [afterSec])[0] ?? exampleCharge(6, 4_900);
  const loopOf = (month: number) => exampleFailures(month, 4_900, fifteenSecApart.slice(0, 6));
  return {
    fires: [
      {
        name: 'the fourth failure in two minutes',
        history: exampleFailures(6, 4_900, [0, 40, 80]),
        event: failure(120),
      },
      {
        name: 'an invoice that a program tries to collect in a loop',
        history: [...bill(1), ...exampleFailures(6, 4_900, [3_600, 3_615, 3_630, 3_645])],
        event: failure(3_660),
      },
      {
        name: 'a program in a loop, though bills of that amount were paid or voided before',
        history: [
          exampleInvoice(5, 4_900, { status: 'paid' }, 'invoice_paid'),
          exampleInvoice(4, 4_900, { status: 'void' }, 'invoice_voided'),
          ...exampleFailures(6, 4_900, [0, 40, 80]),
        ],
        event: failure(120),
      },
      {
        name: 'a failure that arrives late and makes four with those after it',
        history: exampleFailures(6, 4_900, [40, 80, 120]),
        event: failure(0),
      },
      {
        name: 'a second burst, a month after the first',
        history: [...loopOf(5), ...exampleFailures(6, 4_900, [0, 40, 80])],
        event: failure(120),
      },
    ],
    quiet: [
      { name: 'a payment that fails', history: [], event: failure(0) },
      {
        name: 'a person who tries three cards',
        history: exampleFailures(6, 4_900, [0, 60]),
        event: failure(200),
      },
      {
        name: 'Stripe’s own retries of an invoice, days apart',
        history: [...bill(1), ...exampleFailures(6, 4_900, [3_600, 3 * daySec, 5 * daySec, weekSec])],
        event: failure(14 * daySec),
      },
      {
        name: 'five invoices of one moment, and a card that has expired',
        history: [...bill(5), ...exampleFailures(6, 4_900, [3_600, 3_601, 3_602, 3_603])],
        event: failure(3_604),
      },
      {
        name: 'the same five invoices, when Stripe tries them again',
        history: [
          ...bill(5),
          ...exampleFailures(
            6,
            4_900,
            [3_600, 3_601, 3_602, 3_603, 3_604, 262_800, 262_801, 262_802, 262_803],
          ),
        ],
        event: failure(262_804),
      },
      {
        name: 'the fifth failure of a burst that was reported at its fourth',
        history: exampleFailures(6, 4_900, [0, 40, 80, 120]),
        event: failure(160),
      },
      {
        name: 'a burst that continues, hours later',
        history: exampleFailures(6, 4_900, [0, 40, 80, 120, 36_000, 36_040, 36_080]),
        event: failure(36_120),
      },
      {
        name: 'a customer whose program always tries six times',
        history: [...loopOf(4), ...loopOf(5), ...exampleFailures(6, 4_900, [0, 15, 30])],
        event: failure(45),
      },
      {
        name: 'a reseller that pays every minute, and of whose payments a few fail',
        history: [
          ...[0, 60, 120, 180, 240].map((sec) =>
            exampleCharge(6, 4_900, { id: `ch_paid_${sec}`, createdAtSec: monthAtSec(6) + sec }),
          ),
          ...exampleFailures(6, 4_900, [30, 90, 150]),
        ],
        event: failure(210),
      },
      {
        name: 'the card of a guest',
        history: exampleFailures(6, 4_900, [0, 40, 80]),
        event: { ...failure(120), customer: 'card_Xt5EWLLDS7FJjR1c' },
      },
    ],
  };
};
