import { accountDetectors } from '../../lib/detectors/account-detectors.ts';
import { endpointDisabled } from '../../lib/detectors/endpoint-disabled.ts';
import { detectors } from '../../lib/detectors/index.ts';
import { missedRenewal } from '../../lib/detectors/missed-renewal.ts';
import type { AnyDetector } from './detector-cases.ts';

/** Of events, of renewals, of whole accounts, and of Stripe's webhook endpoints. */
export const everyDetector: readonly AnyDetector[] = [
  ...detectors,
  missedRenewal,
  ...accountDetectors,
  endpointDisabled,
];
