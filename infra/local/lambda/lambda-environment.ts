import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { FunctionModel } from '../stack/read-stack.ts';

/** One worker thread that has loaded a function's bundle; it runs one invocation at a time. */
export interface LambdaEnvironment {
  /** The handler's answer as JSON carries it. Throws when the handler throws, crashes or runs out of time. */
  invoke(event: unknown): Promise<unknown>;
  /** False once it crashed, hung or was stopped; such an environment must be replaced. */
  alive(): boolean;
  stop(): Promise<unknown>;
}

/** What `function-thread.mts` posts: once when it is ready, then once an invocation. */
interface Reply {
  readonly result?: string;
  readonly failure?: string;
}

/** Loading the largest bundle takes some 100 ms; a slow machine may take its time. */
const loadTimeoutSec = 30;

export async function startLambdaEnvironment(
  model: FunctionModel,
  variables: Readonly<Record<string, string>>,
  log: (line: string) => void,
): Promise<LambdaEnvironment> {
  const worker = newWorker(model, variables, log);
  let alive = true;
  let settle: ((reply: Reply) => void) | undefined;
  const gone = (failure: string) => {
    alive = false;
    settle?.({ failure });
  };
  worker.on('message', (reply: Reply) => settle?.(reply));
  worker.on('error', (error) => gone(`${model.name} crashed: ${error.message}`));
  worker.on('exit', () => gone(`${model.name} exited`));

  function nextReply(timeoutSec: number): Promise<Reply> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        gone(`${model.name} timed out after ${timeoutSec} seconds`);
        void worker.terminate();
      }, timeoutSec * 1000);
      settle = (reply) => {
        settle = undefined;
        clearTimeout(timer);
        resolve(reply);
      };
    });
  }

  const { failure } = await nextReply(loadTimeoutSec);
  if (failure !== undefined) throw new Error(failure);
  return {
    async invoke(event) {
      const reply = nextReply(model.timeoutSec);
      worker.postMessage(event);
      const { failure, result } = await reply;
      if (failure !== undefined) throw new Error(failure);
      return result === undefined ? undefined : JSON.parse(result);
    },
    alive: () => alive,
    stop: () => worker.terminate(),
  };
}

function newWorker(
  model: FunctionModel,
  variables: Readonly<Record<string, string>>,
  log: (line: string) => void,
): Worker {
  const [file = '', exportName = ''] = model.handler.split('.');
  const worker = new Worker(new URL('./function-thread.mts', import.meta.url), {
    workerData: { ...model, exportName, bundle: join(model.assetDirectory, `${file}.js`) },
    env: {
      ...variables,
      AWS_LAMBDA_FUNCTION_NAME: model.name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(model.memoryMb),
      ...model.environment,
    },
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  for (const stream of [worker.stdout, worker.stderr]) {
    createInterface({ input: stream }).on('line', (line) => log(`${model.name}: ${line}`));
  }
  return worker;
}
