import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { BillingEvent } from '../../lib/domain/events/billing-event.ts';
import { normalizeEvent } from '../../lib/stripe/event/normalize.ts';
import { expectBoundary, hasBoundary } from '../fixtures/boundary/expect-boundary.ts';
import { judgedIn } from '../fixtures/boundary/judged-in.ts';
import { withMishaps } from '../fixtures/boundary/with-mishaps.ts';
import { regularYear } from '../fixtures/regular-account/regular-account.ts';

jest.setTimeout(600_000);

function* eventsOf(lines: Iterable<string>): Generator<BillingEvent> {
  for (const line of lines) {
    const json: { readonly created: number } = JSON.parse(line);
    const normalized = normalizeEvent(json, json.created);
    if (normalized.kind === 'event') yield normalized.event;
  }
}

/** How many findings of each detector keep to their boundary, and which do not. */
function checked(events: Iterable<BillingEvent>) {
  const kept: Record<string, number> = {};
  const broken: string[] = [];
  for (const judged of judgedIn(events)) {
    if (!hasBoundary(judged)) continue;
    const { detector, eventId, summary } = judged.finding;
    try {
      expectBoundary(judged);
      kept[detector] = (kept[detector] ?? 0) + 1;
    } catch (error) {
      const [reason] = error instanceof Error ? error.message.split('\n\n').slice(-1) : [];
      broken.push(`${detector} ${eventId}: ${summary} ${reason}`);
    }
  }
  return { kept, broken };
}

it('is silent at the boundary of every finding, and fires one unit beyond, in accounts where much goes wrong', () => {
  const account = {
    startSec: Date.UTC(2026, 0, 1) / 1000,
    customers: 25,
    declinedPercent: 3,
    refundedPercent: 1,
    renewsTogether: false,
    business: { weekend: 0.3, night: 0.2, season: 1.5, yearlyGrowth: 1 },
  };
  const lives = [
    { seed: 1, currency: 'usd', buyersPercent: 20 },
    { seed: 2, currency: 'jpy', buyersPercent: 50 },
    { seed: 3, currency: 'kwd', buyersPercent: 50 },
  ];
  const found = lives.map((life) =>
    checked(withMishaps(eventsOf(regularYear({ ...account, ...life })), life.seed)),
  );
  expect(found.flatMap(({ broken }) => broken)).toEqual([]);
  const kinds = Object.keys(Object.assign({}, ...found.map(({ kept }) => kept)));
  expect(kinds.length).toBeGreaterThanOrEqual(7); // of mishaps that there are detectors for
});

const samples = join(__dirname, '../../../shared/samples');
const ofCustomers = Number(process.env.OF_CUSTOMERS ?? 2); // of so many customers one is looked at

(existsSync(samples) ? it : it.skip)('does so in labelled accounts, when they are at hand', () => {
  const found = ['metered', 'saas', ...(ofCustomers === 1 ? ['retail'] : [])].map((name) => {
    const lines = gunzipSync(readFileSync(join(samples, `${name}.events.jsonl.gz`)))
      .toString()
      .split('\n');
    const isLookedAt = (line: string) => {
      const customer = /"customer":"cus_(\w+)"/.exec(line)?.[1];
      return customer !== undefined && Number.parseInt(customer.slice(0, 4), 36) % ofCustomers === 0;
    };
    return checked(eventsOf(lines.filter(isLookedAt)));
  });
  expect(found.flatMap(({ broken }) => broken)).toEqual([]);
});
