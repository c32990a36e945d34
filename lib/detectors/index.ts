import { amountDrop } from './amount-drop.ts';
import { amountSpike } from './amount-spike.ts';
import { chargeFrequency } from './charge-frequency.ts';
import { currencySwitch } from './currency-switch.ts';
import { decimalShift } from './decimal-shift.ts';
import type { Detector } from './define.ts';
import { discountChange } from './discount-change.ts';
import { duplicateCharge } from './duplicate-charge.ts';
import { duplicateSubscription } from './duplicate-subscription.ts';
import { earlyFraudWarning } from './early-fraud-warning.ts';
import { failedPayments } from './failed-payments.ts';
import { invoiceArithmetic } from './invoice-arithmetic.ts';
import { meterErrors } from './meter-errors.ts';
import { negativeInvoice } from './negative-invoice.ts';
import { paymentMismatch } from './payment-mismatch.ts';
import { payoutFailed } from './payout-failed.ts';
import { priceDrift } from './price-drift.ts';
import { refundSpike } from './refund-spike.ts';
import { taxChange } from './tax-change.ts';
import { usageDrop } from './usage-drop.ts';
import { usageMultiple } from './usage-multiple.ts';
import { usageSpike } from './usage-spike.ts';
import { zeroInvoice } from './zero-invoice.ts';

/** The table of detectors. A new one is one new file and one line here. */
export const detectors: readonly Detector[] = [
  amountDrop, //
  amountSpike,
  chargeFrequency,
  currencySwitch,
  decimalShift,
  discountChange,
  duplicateCharge,
  duplicateSubscription,
  earlyFraudWarning,
  failedPayments,
  invoiceArithmetic,
  meterErrors,
  negativeInvoice,
  paymentMismatch,
  payoutFailed,
  priceDrift,
  refundSpike,
  taxChange,
  usageDrop,
  usageMultiple,
  usageSpike,
  zeroInvoice,
];
