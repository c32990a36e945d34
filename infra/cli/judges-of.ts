import { accountDetectors, eventDetectors } from '../../lib/detectors/registry.ts';
import type { Settings } from '../../lib/detectors/settings.ts';
import { missedRenewal } from '../../lib/detectors/subscription/missed-renewal.ts';
import { switchedOn } from '../../lib/detectors/switched-on.ts';
import type { Judges } from './replay/replay-events.ts';

/** What judges in production, set so. */
export function judgesOf(settings: Settings): Judges {
  return {
    detectors: switchedOn(eventDetectors, settings),
    accountDetectors,
    renewalDetector: missedRenewal,
    settings,
  };
}
