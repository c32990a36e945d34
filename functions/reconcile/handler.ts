import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { type Reconciled, ReconcileError } from '../../lib/reconcile/reconcile.ts';

type Answer = readonly Reconciled[] | 'events are waiting' | 'no Stripe key is set';

/** Runs with the time that is left, from a moment on if one is given. */
export type Run = (remainingMs: () => number, sinceSec?: number) => Promise<Answer>;

/** Compares what Stripe made with what we saw, on a schedule or on demand with `{"since": "2026-11-20"}`. */
export function makeHandler(run: Run, count: (what: string, value: number) => void, logger: Logger) {
  return async ({ since }: { readonly since?: string }, context: Context): Promise<Answer> => {
    try {
      const sinceSec = since === undefined ? undefined : new Date(since).valueOf() / 1000;
      if (Number.isNaN(sinceSec)) throw new RangeError('since is no time, such as 2026-11-20');
      const answer = await run(() => context.getRemainingTimeInMillis(), sinceSec);
      logger.info('What we saw of what Stripe made', { answer });
      for (const { sentIn, givenUp } of typeof answer === 'string' ? [] : answer) {
        count('FetchedEvents', sentIn);
        count('UnseenEvents', givenUp);
      }
      return answer;
    } catch (error) {
      const causes = error instanceof ReconcileError ? error.errors : [error];
      logger.error('Stripe was not compared with', { reasons: causes.map((one) => Object(one).name) });
      throw error;
    }
  };
}
