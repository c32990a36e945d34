import type { Draw } from '../fixtures/seeded.ts';

/** Time that passes only when nothing else can happen, and calls that continue in an order that a seed decides. */
export interface World {
  nowSec(): number;
  at(atSec: number, act: () => void): void;
  /** Resolves later: after others, and sometimes after seconds. */
  pause(): Promise<void>;
  /** Until nothing is left to happen. */
  run(): Promise<void>;
}

export function virtualWorld(draw: Draw, startSec: number): World {
  const timed: { readonly atSec: number; readonly act: () => void }[] = []; // latest first
  const ready: (() => void)[] = [];
  let nowSec = startSec;

  const at = (atSec: number, act: () => void): void => {
    let [low, high] = [0, timed.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((timed[middle]?.atSec ?? 0) > atSec) low = middle + 1;
      else high = middle;
    }
    timed.splice(low, 0, { atSec, act });
  };
  return {
    nowSec: () => nowSec,
    at,
    pause: () =>
      new Promise((resolve) => {
        if (draw.chance(3)) at(nowSec + draw.integer(1, 9), resolve);
        else ready.push(resolve);
      }),
    async run() {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve)); // all that continues by itself continues
        const [next] = ready.length === 0 ? [] : ready.splice(draw.integer(0, ready.length - 1), 1);
        if (next !== undefined) {
          next();
          continue;
        }
        const first = timed.pop();
        if (first === undefined) return;
        nowSec = Math.max(nowSec, first.atSec);
        first.act();
      }
    },
  };
}
