import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalSystem } from '../local-system.ts';
import { postWebhooks } from '../post-webhooks.ts';
import type { Terminal } from '../terminal.ts';
import { demoEvents } from './demo-company.ts';

/** Longer than this on messages that are all posted means that something is tried again. */
const patienceMs = 5_000;

/** Plays a made-up company through the webhook: its past as fast as it is taken, then what today brought. */
export async function playDemo(system: LocalSystem, signingSecrets: string, screen: Terminal): Promise<void> {
  const [signingSecret = ''] = signingSecrets.split(/\s+/);
  const { history, today } = demoEvents({ todaySec: Math.floor(Date.now() / 1000) });
  for (const [label, events] of [
    ['Past months', history],
    ['Today', today],
  ] as const) {
    let posted = 0;
    await postWebhooks(events, { url: system.webhookUrl, signingSecret }, () => {
      posted += 1;
      screen.progress(label.padEnd(11), posted, events.length);
    });
    const impatience = setTimeout(() => {
      screen.say('  Messages are being tried again, which takes minutes: --verbose shows why.');
    }, patienceMs);
    await system.idle();
    clearTimeout(impatience);
  }
  await mailAll(system);
}

/** Findings of one cause wait for their siblings; here no one waits for the clock's next minute. */
async function mailAll(system: LocalSystem): Promise<void> {
  for (const endMs = performance.now() + 60_000; performance.now() < endMs; await sleep(1_000)) {
    await system.fireSchedules();
    await system.idle();
    const { emails, findings } = await system.counts();
    if (emails >= findings) return;
  }
}
