import fc from 'fast-check';
import { liveSecret } from '../fixtures/stripe-delivery.ts';
import { draftSpike } from '../unit/message/sample-findings.ts';
import { historyEvents, startSec } from './event-templates.ts';
import { forgedWebhooks } from './forged-webhooks.ts';
import { feedbackKey, hostilePages } from './hostile-pages.ts';
import { canary, type HostileRequest } from './hostile-request.ts';
import { hostileWorld } from './hostile-world.ts';
import { listen } from './listen.ts';
import type { PlantedFault } from './planted-faults.ts';
import { capturedCustomer, capturedEvents, replays } from './replays.ts';
import { signedRequest, signedRubbish } from './signed-rubbish.ts';

export interface HostileReport {
  readonly requests: number;
  /** Requests by kind and the status they were answered. */
  readonly answers: ReadonlyMap<string, number>;
  /** Of callers without the secret, and of what is no event: answered 2xx at the webhook, or something came of it. */
  readonly accepted: number;
  /** Answered 5xx, or not at all. */
  readonly failed: number;
  /** Each a sentence. */
  readonly wrong: readonly string[];
  readonly queued: number;
  readonly setAside: number;
  readonly findings: number;
  readonly mails: number;
  readonly loggedCharacters: number;
  /** Bytes in use, garbage collected where that can be asked for: when warm, and in the end. */
  readonly heapBytes: { readonly warm: number; readonly end: number };
}

/** One table's worth: then another one is begun, so that what grows is ours and not the test's. */
const batchSize = 1_000;
/** What is compiled, drawn from and cached by then is there for good. */
const warmUpBatches = 5;
/** More than this is a leak: at 100,000 requests two hundred bytes each. */
export const mostGrowthBytes = 20 * 1024 * 1024;

/** Sends so many hostile requests to all our Lambdas in memory. The same seed sends the same. */
export async function hostileRun(
  seed: number,
  requests: number,
  planted: PlantedFault = {},
): Promise<HostileReport> {
  const answers = new Map<string, number>();
  const sums = { queued: 0, setAside: 0, findings: 0, mails: 0, accepted: 0, failed: 0 };
  const wrong: string[] = [];
  const heard = listen([liveSecret, feedbackKey, canary]);
  let warm = 0;
  try {
    for (let sent = 0, batch = 0; sent < requests; sent += batchSize, batch += 1) {
      const drawn = fc.sample(hostileRequests, {
        seed: seed * 1_000_003 + batch,
        numRuns: Math.min(batchSize, requests - sent),
      });
      await sendAll(drawn, answers, sums, wrong, planted);
      if (batch <= warmUpBatches) warm = heapBytes();
    }
  } finally {
    heard.stop();
  }
  const heap = { warm, end: heapBytes() };
  return {
    requests,
    answers,
    ...sums,
    wrong: [...wrong, ...heard.wrong],
    loggedCharacters: heard.characters,
    heapBytes: heap,
  };
}

export function isBad({ accepted, failed, wrong, heapBytes }: HostileReport): boolean {
  return accepted + failed + wrong.length > 0 || heapBytes.end - heapBytes.warm > mostGrowthBytes;
}

const hostileRequests: fc.Arbitrary<HostileRequest> = fc.oneof(
  { weight: 55, arbitrary: forgedWebhooks(startSec) },
  { weight: 10, arbitrary: replays(startSec) },
  { weight: 25, arbitrary: signedRubbish(startSec) },
  { weight: 10, arbitrary: hostilePages(draftSpike, startSec) },
);

type Sums = Record<'queued' | 'setAside' | 'findings' | 'mails' | 'accepted' | 'failed', number>;

async function sendAll(
  drawn: readonly HostileRequest[],
  answers: Map<string, number>,
  sums: Sums,
  wrong: string[],
  planted: PlantedFault,
): Promise<void> {
  const world = hostileWorld(startSec, planted);
  const history = historyEvents.map((event) => Buffer.from(JSON.stringify(event)));
  for (const bytes of [...capturedEvents, ...history]) await world.post(signedRequest(bytes, startSec));
  await world.alerts.file(draftSpike, startSec);
  await world.settle();
  const [record, usual] = [await world.recordBytes(capturedCustomer), { ...world.acts }];
  if (world.mailed.size === 0) wrong.push('nothing was found in what was captured');

  for (const one of drawn) {
    const outcome = await sendOne(one, world);
    const name = `${one.kind} -> ${outcome.statusCode}`;
    answers.set(name, (answers.get(name) ?? 0) + 1);
    if (outcome.isAccepted) sums.accepted += 1;
    if (outcome.isFailed) sums.failed += 1;
    wrong.push(...outcome.wrong);
  }
  await world.settle();

  if ((await world.recordBytes(capturedCustomer)) !== record) wrong.push('a replay changed the record');
  for (const [id, times] of world.mailed) if (times > 1) wrong.push(`mailed ${times} times: ${id}`);
  wrong.push(...world.wrong);
  for (const act of ['queued', 'setAside', 'findings', 'mails'] as const)
    sums[act] += world.acts[act] - usual[act];
}

async function sendOne(one: HostileRequest, world: ReturnType<typeof hostileWorld>) {
  const { verified, queued, setAside, written } = world.acts;
  const request = one.request();
  const answer = one.door === 'webhook' ? world.post(request) : world.visit(request);
  const { statusCode = 0, body = '' } = await answer.catch(() => ({ statusCode: 0, body: '' }));
  const hasActed = world.acts.queued + world.acts.setAside + world.acts.written > queued + setAside + written;
  const isTaken = one.door === 'webhook' && statusCode >= 200 && statusCode < 300;
  const wrong: string[] = [];
  if (!one.answers.includes(statusCode))
    wrong.push(`answered ${statusCode}: ${one.kind}, ${JSON.stringify(request).slice(0, 600)}`);
  if (/^(forged|replay: (?!in time))/.test(one.kind) && world.acts.verified > verified)
    wrong.push(`taken for signed: ${one.kind}`);
  if (body.includes(canary)) wrong.push(`answered with its own words: ${one.kind}`);
  if ([liveSecret, feedbackKey].some((secret) => body.includes(secret)))
    wrong.push(`answered with a secret: ${one.kind}`);
  return {
    statusCode,
    isAccepted: !one.mayAct && (hasActed || isTaken),
    isFailed: statusCode === 0 || statusCode >= 500,
    wrong,
  };
}

function heapBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
