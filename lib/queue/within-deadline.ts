import { InfrastructureError } from '../infrastructure-error.ts';

/** Thrown when the function must answer before the work is done: a client of AWS hangs, or answers slowly. */
export class DeadlineError extends InfrastructureError {
  constructor() {
    super('The function has no time left. What is not done goes back to the queue.');
    this.name = 'DeadlineError';
  }
}

/**
 * Ends what takes longer than the function may run. The work itself is not stopped: it must tolerate being repeated
 * while it still goes on.
 * @param ms from now, for all work together
 */
export function withinDeadline(ms: number): <Answer>(work: Promise<Answer>) => Promise<Answer> {
  const signal = AbortSignal.timeout(Math.max(0, ms));
  return async (work) => {
    let stop = (): void => {};
    const isOver = new Promise<never>((_resolve, reject) => {
      stop = () => reject(new DeadlineError());
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop);
    });
    try {
      return await Promise.race([work, isOver]);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
}
