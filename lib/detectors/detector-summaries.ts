import type { DetectorSummary } from '../domain/finding/detector-summary.ts';
import { registry } from './registry.ts';
import type { Settings } from './settings.ts';

/** Every detector as those know it who follow its findings up. */
export function detectorSummaries({ off }: Pick<Settings, 'off'>): readonly DetectorSummary[] {
  return registry.map((detector) => ({
    id: detector.id,
    kind: detector.kind,
    isOff: off.includes(detector.id),
    ...('resolvesBy' in detector && { resolvesBy: detector.resolvesBy }),
    ...('overAfterHours' in detector && { overAfterHours: detector.overAfterHours }),
  }));
}

/** Those about BillingWatch's own input: the platform team can act on their findings. */
export const platformDetectorIds: readonly string[] = registry
  .filter((one) => 'readers' in one && one.readers === 'platform')
  .map(({ id }) => id);
