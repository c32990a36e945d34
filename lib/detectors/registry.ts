import { accountRefunds } from './account/account-refunds.ts';
import { churnSpike } from './account/churn-spike.ts';
import { disputeRate } from './account/dispute-rate.ts';
import { failureRate } from './account/failure-rate.ts';
import { revenueDrop } from './account/revenue-drop.ts';
import { amountDrop } from './amount/amount-drop.ts';
import { amountSpike } from './amount/amount-spike/amount-spike.ts';
import { currencySwitch } from './amount/currency-switch.ts';
import { decimalShift } from './amount/decimal-shift.ts';
import type { Detector } from './define.ts';
import type { AccountDetector } from './define-account.ts';
import type { RenewalDetector } from './define-renewal.ts';
import { duplicateCharge } from './duplicate/duplicate-charge.ts';
import { duplicateSubscription } from './duplicate/duplicate-subscription.ts';
import { endpointDisabled } from './health/endpoint-disabled.ts';
import { webhookLag } from './health/webhook-lag.ts';
import { webhookSilence } from './health/webhook-silence.ts';
import { discountChange } from './invoice/discount-change.ts';
import { invoiceArithmetic } from './invoice/invoice-arithmetic.ts';
import { negativeInvoice } from './invoice/negative-invoice.ts';
import { priceDrift } from './invoice/price-drift.ts';
import { taxChange } from './invoice/tax-change.ts';
import { zeroInvoice } from './invoice/zero-invoice.ts';
import { chargeFrequency } from './payment/charge-frequency.ts';
import { earlyFraudWarning } from './payment/early-fraud-warning.ts';
import { failedPayments } from './payment/failed-payments.ts';
import { paymentMismatch } from './payment/payment-mismatch.ts';
import { payoutFailed } from './payment/payout-failed.ts';
import { refundSpike } from './payment/refund-spike.ts';
import { missedRenewal } from './subscription/missed-renewal.ts';
import { meterErrors } from './usage/meter-errors.ts';
import { usageDrop } from './usage/usage-drop.ts';
import { usageMultiple } from './usage/usage-multiple.ts';
import { usageSpike } from './usage/usage-spike.ts';

/** A detector of any kind; `kind` says what it is asked about: an event, an account, renewals or webhook endpoints. */
export type AnyDetector = Detector | AccountDetector | RenewalDetector | typeof endpointDisabled;

/**
 * THE table: every detector of every kind, by id. A new one is one new file and one line here; settings, routes,
 * reports and docs are derived from it.
 */
export const registry: readonly AnyDetector[] = [
  accountRefunds,
  amountDrop,
  amountSpike,
  chargeFrequency,
  churnSpike,
  currencySwitch,
  decimalShift,
  discountChange,
  disputeRate,
  duplicateCharge,
  duplicateSubscription,
  earlyFraudWarning,
  endpointDisabled,
  failedPayments,
  failureRate,
  invoiceArithmetic,
  meterErrors,
  missedRenewal,
  negativeInvoice,
  paymentMismatch,
  payoutFailed,
  priceDrift,
  refundSpike,
  revenueDrop,
  taxChange,
  usageDrop,
  usageMultiple,
  usageSpike,
  webhookLag,
  webhookSilence,
  zeroInvoice,
];

/** Those that judge events. */
export const eventDetectors: readonly Detector[] = registry.filter((one) => one.kind === 'event');

/** Those that judge whole accounts by their counts. */
export const accountDetectors: readonly AccountDetector[] = registry.filter((one) => one.kind === 'account');

export const detectorIds: readonly string[] = registry.map(({ id }) => id);

/** The rules of detectors that are made of named ones: what may be left out of a replay. */
export const ruleNames: readonly string[] = eventDetectors.flatMap(({ stages = {} }) =>
  Object.values(stages).flatMap((rules) => rules.map(({ name }) => name)),
);
