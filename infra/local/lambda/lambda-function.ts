import type { FunctionModel } from '../stack/read-stack.ts';
import { type LambdaEnvironment, startLambdaEnvironment } from './lambda-environment.ts';

export interface LambdaFunction {
  /** The handler's answer as JSON carries it. Throws when the handler throws, crashes or runs out of time. */
  invoke(event: unknown): Promise<unknown>;
  /** Invocations under way and waiting. */
  running(): number;
  stop(): Promise<void>;
}

export interface LambdaSettings {
  /** Variables every function gets besides its own. */
  readonly variables: Readonly<Record<string, string>>;
  /** Environments at most. */
  readonly concurrency: number;
  readonly log: (line: string) => void;
}

/** A place for one environment, which is started when it is first needed and again after a crash. */
interface Slot {
  environment?: Promise<LambdaEnvironment>;
}

/** A function as Lambda runs it. Its first environment is warm once this resolves. */
export async function lambdaFunction(
  model: FunctionModel,
  settings: LambdaSettings,
): Promise<LambdaFunction> {
  const slots: Slot[] = Array.from({ length: settings.concurrency }, () => ({}));
  const free = [...slots]; // last used, first taken: the cold ones are taken only when all the warm ones are busy
  const waiting: ((slot: Slot) => void)[] = [];
  let running = 0;

  const start = (slot: Slot): Promise<LambdaEnvironment> => {
    slot.environment = startLambdaEnvironment(model, settings.variables, settings.log);
    return slot.environment;
  };

  async function invokeIn(slot: Slot, event: unknown): Promise<unknown> {
    const warm = await slot.environment?.catch(() => undefined);
    const environment = warm?.alive() ? warm : await start(slot);
    return environment.invoke(event);
  }

  const acquire = (): Promise<Slot> | Slot => free.pop() ?? new Promise((resolve) => waiting.push(resolve));

  function release(slot: Slot): void {
    const next = waiting.shift();
    if (next === undefined) free.push(slot);
    else next(slot);
  }

  async function stop(): Promise<void> {
    await Promise.allSettled(slots.map(async ({ environment }) => (await environment)?.stop()));
  }

  const first = free.at(-1);
  if (first !== undefined) await start(first);
  return {
    async invoke(event) {
      running += 1;
      const slot = await acquire();
      try {
        return await invokeIn(slot, event);
      } catch (error) {
        settings.log(`${model.name} failed: ${error}`);
        throw error;
      } finally {
        running -= 1;
        release(slot);
      }
    },
    running: () => running,
    stop,
  };
}
