import { memoryRenewalCalendar } from '../../../infra/cli/memory-renewal-calendar.ts';
import { processCustomer } from '../../../lib/detect/pipeline.ts';
import { reportToSweep } from '../../../lib/detect/report-to-sweep.ts';
import { plainContext } from '../../../lib/detectors/context.ts';
import { eventDetectors } from '../../../lib/detectors/registry.ts';
import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import { partNames } from '../../../lib/domain/record/customer-record.ts';
import { reconcile } from '../../../lib/reconcile/reconcile.ts';
import { encodePart } from '../../../lib/store/record/codec.ts';
import { normalizeEvent } from '../../../lib/stripe/event/normalize.ts';
import { type Listed, startFakeStripe } from '../../fixtures/fake-stripe.ts';
import { stripeLife } from '../../fixtures/lives/stripe-life.ts';
import { memoryAccountStore } from '../../fixtures/memory/memory-account-store.ts';
import { memoryAlertStore } from '../../fixtures/memory/memory-alert-store.ts';
import { memoryCertificateStore } from '../../fixtures/memory/memory-certificate-store.ts';
import { memoryRecordStore } from '../../fixtures/memory/memory-record-store.ts';
import { seeded } from '../../fixtures/seeded.ts';

const nowSec = 1_795_000_000;
const faultySec = nowSec - 3 * 86_400;
const overtakenSec = 600; // by whatever happens in ten minutes
const account = { account: 'self', livemode: true };

/** All of ours behind the webhook, in memory. */
function ours() {
  const records = memoryRecordStore();
  const alerts = memoryAlertStore();
  const accounts = memoryAccountStore();
  const calendar = memoryRenewalCalendar();
  const filed = new Map<string, number>();
  const pipeline = {
    detectors: eventDetectors,
    store: records,
    contextOf: async () => plainContext,
    sendFindings: async (findings: Parameters<Parameters<typeof processCustomer>[1]['sendFindings']>[0]) => {
      for (const finding of findings) {
        if (!(await alerts.file(finding, nowSec))) continue;
        filed.set(finding.id, (filed.get(finding.id) ?? 0) + 1);
        const alert = await alerts.load(finding);
        if (alert !== undefined) await alerts.recordMailed([alert], nowSec);
      }
    },
  };
  return {
    accounts,
    filed,
    bytesOf: async (customer: string) => {
      const { record } = await records.load({ ...account, customer });
      return partNames.map((name) => Buffer.from(encodePart(record[name])).toString('hex'));
    },
    see: async (event: BillingEvent) => {
      await processCustomer([event], pipeline);
      await reportToSweep([event], { accounts, calendar });
    },
  };
}

function deliver(event: Listed): BillingEvent | undefined {
  const read = normalizeEvent(event, event.created + 1);
  return read.kind === 'event' ? read.event : undefined;
}

it('misses nothing and doubles nothing after one run, though webhooks drop, double, overtake or are never made', async () => {
  const draw = seeded(5);
  const { events, books } = stripeLife(draw, nowSec - 600, { customers: 450, months: 4, spread: 200_000 });
  const whole = ours();
  const faulty = ours();
  const counts = { streamed: 0, dropped: 0, doubled: 0, reordered: 0, neverMade: 0 };
  const neverMadeOf = new Set<string | null>();
  const overtaken: BillingEvent[] = [];
  for (const event of events) {
    const read = deliver(event);
    if (read === undefined) continue;
    await whole.see(read);
    if (read.occurredAtSec - (overtaken[0]?.occurredAtSec ?? Number.POSITIVE_INFINITY) > overtakenSec)
      for (const late of overtaken.splice(0).reverse()) await faulty.see(late);
    const isFaulty = event.created >= faultySec;
    const share = isFaulty ? draw.integer(1, 1_000) : 1_000;
    if (isFaulty) counts.streamed += 1;
    if (share === 1) {
      counts.neverMade += 1;
      neverMadeOf.add(read.customer);
      continue;
    }
    books.events.push(event);
    if (share <= 11) {
      counts.dropped += 1;
      continue;
    }
    if (share <= 111) {
      counts.reordered += 1;
      overtaken.push(read);
    } else await faulty.see(read);
    if (share > 950 && isFaulty) {
      counts.doubled += 1;
      overtaken.push(read);
    }
  }
  for (const late of overtaken) await faulty.see(late);
  expect(counts).toEqual({ streamed: 2034, dropped: 32, doubled: 92, reordered: 201, neverMade: 3 });

  const stripe = await startFakeStripe(books);
  const certificates = memoryCertificateStore();
  const fetched: BillingEvent[] = [];
  const run = (sinceSec?: number) =>
    reconcile(
      {
        ledger: stripe.ledger,
        accounts: faulty.accounts,
        certificates,
        queue: { send: async (event) => void fetched.push(event) },
        webhookUrl: 'https://billingwatch.test/stripe/webhook',
        off: [],
        eventsWaiting: async () => 0,
        sendFindings: async () => {},
        nowSec: () => nowSec,
        mostAtOnce: 10_000,
        isTimeLeft: () => true,
      },
      sinceSec,
    );
  try {
    await run(faultySec);
    for (const event of fetched.splice(0)) await faulty.see(event);
    expect(await run()).toEqual([
      {
        ...account,
        certificate: expect.stringMatching(/^([\d,]+) of \1 events and ([\d,]+) of \2 objects seen/),
        sentIn: 0,
        givenUp: 0,
      },
    ]);
  } finally {
    await stripe.stop();
  }
  expect([...faulty.filed].sort()).toEqual([...whole.filed].sort());
  expect(new Set(faulty.filed.values())).toEqual(new Set([1]));
  const customers = new Set(events.flatMap((event) => deliver(event)?.customer ?? []));
  for (const customer of customers) {
    if (neverMadeOf.has(customer)) continue; // what an object doesn't show of its past is lost
    expect(await faulty.bytesOf(customer)).toEqual(await whole.bytesOf(customer));
  }
});
