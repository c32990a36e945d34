import { accountDetectors } from '../../lib/detectors/account-detectors.ts';
import { detectors } from '../../lib/detectors/index.ts';
import { missedRenewal } from '../../lib/detectors/missed-renewal.ts';
import type { Settings } from '../../lib/detectors/settings.ts';
import { switchedOn } from '../../lib/detectors/switched-on.ts';
import type { Judges } from './replay-events.ts';

/** What judges in production, set so. */
export function judgesOf(settings: Settings): Judges {
  return {
    detectors: switchedOn(detectors, settings),
    accountDetectors: switchedOn(accountDetectors, settings),
    renewalDetector: missedRenewal,
    settings,
  };
}
