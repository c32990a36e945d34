import { AsyncLocalStorage } from 'node:async_hooks';
import type { Draw } from '../fixtures/seeded.ts';
import type { World } from './virtual-world.ts';

/** Percent of calls that go wrong in each way. */
export interface Faults {
  /** The call is refused, and did nothing. */
  readonly refused: number;
  /** The call did its work, and its answer is lost. */
  readonly lost: number;
  /** The Lambda dies, before the call or after it. */
  readonly killed: number;
  /** While it lasts, every call is refused. */
  readonly outage?: Outage;
}

/** AWS fails for a while: all of a service, or the items of the table whose partition key begins so. */
export interface Outage {
  /** As calls are named: `SES`, `DynamoDB`, `DynamoDB hour#`. */
  readonly of: string;
  readonly fromSec: number;
  readonly untilSec: number;
}

export const noFaults: Faults = { refused: 0, lost: 0, killed: 0 };

/** Lambdas that can die at any await. */
export interface Invocations {
  /** @returns the handler's answer; undefined when it threw, died or ran out of time */
  invoke<Answer>(timeoutSec: number, handler: () => Promise<Answer>): Promise<Answer | undefined>;
  /** A call to the outside from within an invocation: may be refused, lost, or the last that its Lambda makes. */
  call<Answer>(service: string, work: () => Answer | Promise<Answer>): Promise<Answer>;
  /** How often what went wrong, by service. */
  readonly suffered: Map<string, number>;
  /** The invocation that asks, from within it. */
  life(): Life | undefined;
  setFaults(faults: Faults): void;
}

export interface Life {
  /** It died, or ran out of time, before its handler answered. */
  isDead: boolean;
  die: () => void;
}

/** Nothing answers the dead. A promise each, as one for all would keep every one of them in memory. */
const forever = () => new Promise<never>(() => undefined);

/** As AWS's clients throw it: `$metadata` says that it came from there. */
class ServiceFault extends Error {
  override readonly name = 'ServiceFault';
  readonly $metadata = {};
}

export function invocations(world: World, draw: Draw, initial: Faults): Invocations {
  const lives = new AsyncLocalStorage<Life>();
  const suffered = new Map<string, number>();
  let faults = initial;
  const isOut = (service: string): boolean => {
    const { of, fromSec, untilSec } = faults.outage ?? { of: '', fromSec: 0, untilSec: 0 };
    return service.startsWith(of) && world.nowSec() >= fromSec && world.nowSec() < untilSec;
  };
  const strikes = (kind: 'refused' | 'lost' | 'killed', service: string): boolean => {
    const isStruck = faults[kind] > 0 && draw.chance(faults[kind]);
    if (isStruck) suffered.set(`${service} ${kind}`, (suffered.get(`${service} ${kind}`) ?? 0) + 1);
    return isStruck;
  };
  return {
    suffered,
    life: () => lives.getStore(),
    setFaults: (next) => {
      faults = next;
    },
    async invoke(timeoutSec, handler) {
      const life: Life = { isDead: false, die: () => undefined };
      const death = new Promise<undefined>((resolve) => {
        life.die = () => {
          life.isDead = true;
          resolve(undefined);
        };
      });
      world.at(world.nowSec() + timeoutSec, () => life.die());
      const answer = lives.run(life, () => handler().catch(() => undefined));
      answer.then(() => {
        life.die = () => undefined; // who has answered in time can't run out of it
      });
      return Promise.race([answer, death]);
    },
    async call(service, work) {
      const life = lives.getStore();
      if (life === undefined) return work(); // the test itself looks
      await world.pause();
      if (strikes('killed', service)) life.die();
      if (life.isDead) return forever();
      if (isOut(service)) suffered.set(`${service} out`, (suffered.get(`${service} out`) ?? 0) + 1);
      if (isOut(service) || strikes('refused', service)) throw new ServiceFault(`${service} refused`);
      const answer = await work();
      await world.pause();
      if (strikes('killed', service)) life.die();
      if (life.isDead) return forever();
      if (strikes('lost', service)) throw new ServiceFault(`${service} did not answer`);
      return answer;
    },
  };
}
