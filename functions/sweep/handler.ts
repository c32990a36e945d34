import type { Logger } from '@aws-lambda-powertools/logger';
import { runSweep, type Sweep, SweepError } from '../../lib/sweep/run-sweep.ts';

/** What no single event shows, every five minutes. When it fails, an alarm rings; the next sweep makes up for it. */
export function makeHandler(sweep: Sweep, nowSec: () => number, logger: Logger) {
  return async (): Promise<void> => {
    try {
      await runSweep(nowSec(), sweep);
    } catch (error) {
      const causes = error instanceof SweepError ? error.errors : [error];
      for (const cause of causes) logger.error('A sweep failed', { error: cause });
      throw error;
    }
    logger.info('Swept'); // counted as no webhook, so that silence has a number: infra/constructs/accepted-webhooks.ts
  };
}
