import type { FunctionModel, StackModel } from '../stack/read-stack.ts';
import { type LambdaFunction, type LambdaSettings, lambdaFunction } from './lambda-function.ts';

export interface RunningFunctions {
  of(model: FunctionModel): LambdaFunction;
  /** Invocations under way and waiting, of all of them. */
  running(): number;
  stop(): Promise<void>;
}

interface FunctionsSettings extends Omit<LambdaSettings, 'variables'> {
  /** Variables a function gets besides its own. */
  variablesOf(model: FunctionModel): Readonly<Record<string, string>>;
}

/** Starts every function that a route, a queue or a schedule leads to; what only a deployment calls stays out. */
export async function startFunctions(
  stack: StackModel,
  { variablesOf, ...settings }: FunctionsSettings,
): Promise<RunningFunctions> {
  const models = new Set(
    [...stack.routes, ...stack.eventSources, ...stack.schedules].map(({ target }) => target),
  );
  const started = new Map(
    await Promise.all(
      [...models].map(async (model) => {
        const variables = variablesOf(model);
        return [model, await lambdaFunction(model, { ...settings, variables })] as const;
      }),
    ),
  );
  const all = [...started.values()];
  return {
    of(model) {
      const found = started.get(model);
      if (found === undefined) throw new Error(`${model.name} was not started.`);
      return found;
    },
    running: () => all.reduce((sum, one) => sum + one.running(), 0),
    stop: async () => {
      await Promise.all(all.map((one) => one.stop()));
    },
  };
}
