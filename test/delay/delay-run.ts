import { setTimeout as sleep } from 'node:timers/promises';
import { postWebhook, type WebhookTarget } from '../../infra/local/post-webhooks.ts';
import type { DelayPlan } from './delay-plan.ts';
import { type DelayReport, delayReport } from './delay-report.ts';

/** How exactly an email's arrival is seen. */
const lookEveryMs = 100;
/** How long after the last event an email may arrive and still count as late, not as missing. */
const mostPatienceMs = 120_000;

export interface DelayWorld {
  readonly target: WebhookTarget;
  /** The subjects of the emails that arrived from this second on. */
  readonly subjectsSince: (sec: number) => Promise<readonly string[]>;
}

/** Delivers each event at its time, whatever becomes of those before, and watches for the emails. */
export async function delayRun(
  { events, wrongBills }: DelayPlan,
  { target, subjectsSince }: DelayWorld,
  { patienceMs = mostPatienceMs } = {},
): Promise<DelayReport> {
  const arrivedMs = new Map<string, number>();
  const lastMs = (events.at(-1)?.atMs ?? 0) + patienceMs;
  const isDone = () => arrivedMs.size === wrongBills.size || Date.now() > lastMs;

  async function deliver(): Promise<readonly number[]> {
    const statuses: Promise<number>[] = [];
    for (const { atMs, event } of events) {
      await sleep(Math.max(0, atMs - Date.now()));
      statuses.push(postWebhook(event, target).catch(() => 0));
    }
    return Promise.all(statuses);
  }

  async function watch(): Promise<void> {
    for (let sinceSec = Math.floor(Date.now() / 1_000); !isDone(); await sleep(lookEveryMs)) {
      const lookedSec = Math.floor(Date.now() / 1_000);
      const subjects = await subjectsSince(sinceSec);
      const nowMs = Date.now();
      for (const name of wrongBills.keys())
        if (!arrivedMs.has(name) && subjects.some((subject) => subject.includes(name)))
          arrivedMs.set(name, nowMs);
      sinceSec = lookedSec - 1; // the mailbox counts whole seconds
    }
  }

  const [statuses] = await Promise.all([deliver(), watch()]);
  return delayReport(statuses, wrongBills, arrivedMs);
}
