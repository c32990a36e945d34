import { accountRefunds } from './account-refunds.ts';
import { amountDrop } from './amount-drop.ts';
import { amountSpike } from './amount-spike.ts';
import { chargeFrequency } from './charge-frequency.ts';
import { churnSpike } from './churn-spike.ts';
import { currencySwitch } from './currency-switch.ts';
import { decimalShift } from './decimal-shift.ts';
import type { Detector } from './define.ts';
import type { AccountDetector } from './define-account.ts';
import type { RenewalDetector } from './define-renewal.ts';
import { discountChange } from './discount-change.ts';
import { disputeRate } from './dispute-rate.ts';
import { duplicateCharge } from './duplicate-charge.ts';
import { duplicateSubscription } from './duplicate-subscription.ts';
import { earlyFraudWarning } from './early-fraud-warning.ts';
import { endpointDisabled } from './endpoint-disabled.ts';
import { failedPayments } from './failed-payments.ts';
import { failureRate } from './failure-rate.ts';
import { invoiceArithmetic } from './invoice-arithmetic.ts';
import { meterErrors } from './meter-errors.ts';
import { missedRenewal } from './missed-renewal.ts';
import { negativeInvoice } from './negative-invoice.ts';
import { paymentMismatch } from './payment-mismatch.ts';
import { payoutFailed } from './payout-failed.ts';
import { priceDrift } from './price-drift.ts';
import { refundSpike } from './refund-spike.ts';
import { revenueDrop } from './revenue-drop.ts';
import { taxChange } from './tax-change.ts';
import { usageDrop } from './usage-drop.ts';
import { usageMultiple } from './usage-multiple.ts';
import { usageSpike } from './usage-spike.ts';
import { webhookLag } from './webhook-lag.ts';
import { webhookSilence } from './webhook-silence.ts';
import { zeroInvoice } from './zero-invoice.ts';

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
