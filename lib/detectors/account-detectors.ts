import { accountRefunds } from './account-refunds.ts';
import { churnSpike } from './churn-spike.ts';
import type { AccountDetector } from './define-account.ts';
import { disputeRate } from './dispute-rate.ts';
import { failureRate } from './failure-rate.ts';
import { revenueDrop } from './revenue-drop.ts';
import { webhookLag } from './webhook-lag.ts';
import { webhookSilence } from './webhook-silence.ts';

/** The table of detectors of whole accounts. A new one is one new file and one line here. */
export const accountDetectors: readonly AccountDetector[] = [
  accountRefunds, //
  churnSpike,
  disputeRate,
  failureRate,
  revenueDrop,
  webhookLag,
  webhookSilence,
];
