import type { PayoutEvent } from '../../domain/events/billing-event.ts';
import { isOwnAccount } from '../../domain/events/of-account.ts';
import { noBill } from '../../domain/finding/money-state.ts';
import { approximateUsd } from '../../domain/money/approximate-usd.ts';
import { formatMoney } from '../../domain/money/money.ts';
import { defineDetector } from '../define.ts';
import { type Examples, exampleCharge, monthAtSec } from '../examples/example-events.ts';

const criticalDollars = 20_000; // not in the bank, about: salaries and rent may wait for it

export const payoutFailed = defineDetector({
  id: 'payout-failed',
  question: 'Has the bank refused money that Stripe paid out?',
  certainty: 'proven',
  nextSteps: [
    'Open the payout in Stripe and read why the bank refused it.',
    'Correct the bank account in Stripe: until then it may hold back the payouts that follow.',
    'The money is back on the Stripe balance; pay it out again, or wait for the next automatic payout.',
  ],
  blindSpots: [
    'A payout that someone cancelled.',
    'A payout that Stripe never made, because payouts are paused: there is no event of it.',
  ],
  on: ['payout_failed'],
  judge({ account, payout }) {
    const { id, currency, amountMinor, failureCode } = payout;
    if (amountMinor <= 0) return []; // a debit of the bank account, for a balance below zero: no money is missing
    const isOurs = isOwnAccount(account);
    const bank = isOurs ? 'your bank' : 'the account’s bank';
    const refused = isOurs ? 'Your bank refused' : `The bank of connected account ${account} refused`;
    const balance = isOurs ? 'your Stripe balance' : 'that account’s Stripe balance';
    const amount = formatMoney(amountMinor, currency);
    const why = failureCode === null ? '' : ` (${failureCode.replaceAll('_', ' ')})`;
    return [
      {
        about: id,
        severity: amountMinor >= approximateUsd(criticalDollars, currency) ? 'critical' : 'high',
        severityReason: `${amount} did not reach ${bank}, and the next payouts may not either.`,
        summary: `${refused} a payout of ${amount}${why}; the money is back on ${balance}.`,
        headline: isOurs ? `${amount} did not reach your bank${why}` : `${amount} did not arrive`, // an id leaves little room
        measure: { kind: 'quantity', unit: '', what: 'failed payouts' },
        actual: 1,
        expected: { low: 0, high: 0 },
        boundary: null,
        rule: 'Every failed payout to the bank is reported.',
        history: { count: 0, points: [] },
        breakdown: null,
        atStakeMinor: amountMinor,
        money: noBill(currency),
      },
    ];
  },
});

function examplePayout(amountMinor: number, failureCode: string | null = 'account_closed'): PayoutEvent {
  const atSec = monthAtSec(0);
  return {
    id: 'evt_payout',
    account: 'self',
    livemode: true,
    customer: null,
    customerName: null,
    apiVersion: '2026-10-28.endive',
    kind: 'payout_failed',
    occurredAtSec: atSec,
    receivedAtSec: atSec + 1,
    payout: { id: 'po_1', currency: 'usd', amountMinor, failureCode },
  };
}

export const examples: Examples = () => ({
  fires: [
    { name: 'a payout that the bank refused', history: [], event: examplePayout(412_000) },
    {
      name: 'a payout that the bank of a connected account refused',
      history: [],
      event: { ...examplePayout(412_000), account: 'acct_1SellerNine' },
    },
    {
      name: 'one whose reason Stripe does not say',
      history: [],
      event: examplePayout(412_000, null),
    },
  ],
  quiet: [
    { name: 'a debit of the bank account that failed', history: [], event: examplePayout(-5_000) },
    { name: 'a payment of a customer', history: [], event: exampleCharge(0, 412_000) },
  ],
});
