import type { LambdaFunction } from './lambda-function.ts';

export interface Schedules {
  /** All of them, now, in addition to their times. */
  fire(): Promise<void>;
  stop(): void;
}

interface ScheduledFunction {
  readonly everySec: number;
  readonly target: LambdaFunction;
}

/** Invokes functions at their rates, as EventBridge Scheduler does: what fails is not tried again. */
export function startSchedules(schedules: readonly ScheduledFunction[]): Schedules {
  const invoke = async ({ target }: ScheduledFunction): Promise<void> => {
    await target.invoke({}).catch(() => undefined); // the function's own log says why
  };
  const timers = schedules.map((schedule) => setInterval(() => invoke(schedule), schedule.everySec * 1_000));
  return {
    fire: async () => {
      await Promise.all(schedules.map(invoke));
    },
    stop: () => {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
