import type { LocalSystem } from '../../infra/local/local-system.ts';
import { readMailbox } from '../../infra/local/mailbox.ts';
import { delayPlan } from '../delay/delay-plan.ts';
import { delayReport, percentile, wrongIn } from '../delay/delay-report.ts';
import { type DelayWorld, delayRun } from '../delay/delay-run.ts';
import { startFreshSystem } from '../fixtures/start-fresh-system.ts';
import { liveSecret } from '../fixtures/stripe-delivery.ts';

describe('the events of npm run delay', () => {
  const startMs = 1_795_446_000_250;
  const { events, wrongBills } = delayPlan(startMs, 10, 60);

  it('come at the rate that is asked for, each within the second of its created', () => {
    const middle = events.filter(({ atMs }) => atMs >= startMs + 10_000 && atMs < startMs + 50_000);
    expect(middle.length).toBeGreaterThan(390);
    expect(middle.length).toBeLessThan(410);
    for (const { atMs, event } of events) expect(Math.floor(atMs / 1_000)).toBe(event.created);
    expect(new Set(events.map(({ event }) => event.id)).size).toBe(events.length);
  });

  it('hold a wrong bill in ten, and no account has more than its budget of emails', () => {
    expect(wrongBills.size).toBe(16);
    const wrong = delayPlan(startMs, 10, 600).events.filter(({ event }) => event.type === 'invoice.created');
    const accounts = Map.groupBy(wrong, ({ event }) => event.account);
    for (const bills of accounts.values()) expect(bills.length / 10).toBeLessThan(30);
  });
});

describe('the report of npm run delay', () => {
  const created = new Map(Array.from({ length: 20 }, (_, index) => [`Customer ${index}`, 1_000 + index]));
  const arrivals = (delayOf: (index: number) => number) =>
    new Map([...created].map(([name, sec], index) => [name, (sec + delayOf(index)) * 1_000]));

  it('keeps its promise when 19 emails of 20 come within ten seconds', () => {
    const report = delayReport(
      [200, 200],
      created,
      arrivals((index) => (index === 7 ? 60 : 2)),
    );
    expect(wrongIn(report)).toEqual([]);
    expect([0.5, 0.95, 1].map((share) => percentile(report.delaysSec, share))).toEqual([2, 2, 60]);
  });

  it('is red when two of 20 come late', () => {
    const report = delayReport(
      [200],
      created,
      arrivals((index) => (index < 2 ? 10.5 : 2)),
    );
    expect(wrongIn(report)).toEqual(['The 95th percentile is 10.5 s, and 10 s are promised.']);
  });

  it('is red when an email is missing, when an event is refused, and when nothing was wrong', () => {
    const arrived = arrivals(() => 2);
    arrived.delete('Customer 3');
    expect(wrongIn(delayReport([200, 500, 0], created, arrived))).toEqual([
      '2 of 3 events were refused.',
      '1 of 20 emails are missing: Customer 3.',
    ]);
    expect(wrongIn(delayReport([200], new Map(), new Map()))).toHaveLength(1);
  });
});

describe('npm run delay, for three seconds', () => {
  let system: LocalSystem;
  const world = (seen: (subject: string) => boolean): DelayWorld => ({
    target: { url: system.webhookUrl, signingSecret: liveSecret },
    subjectsSince: async (sec) =>
      (await readMailbox(system.mailUrl, sec)).map(({ subject }) => subject).filter(seen),
  });
  beforeAll(async () => {
    system = await startFreshSystem();
  });
  afterAll(() => system.stop());

  // How long it takes is for a machine that does nothing else.
  it('gets an email about each wrong bill, and none of another', async () => {
    const plan = delayPlan(Date.now(), 20, 3);
    const report = await delayRun(
      plan,
      world(() => true),
    );
    expect(report).toMatchObject({ events: plan.events.length, refused: 0, missing: [] });
    expect(report.delaysSec).toHaveLength(plan.wrongBills.size);
    await system.idle();
    expect(await system.counts()).toMatchObject({ emails: plan.wrongBills.size, deadLetters: 0 });
  });

  it('sees that an email is missing', async () => {
    const plan = delayPlan(Date.now(), 20, 3);
    const [lost = ''] = plan.wrongBills.keys();
    const report = await delayRun(
      plan,
      world((subject) => !subject.includes(lost)),
      { patienceMs: 1_000 },
    );
    expect(report.missing).toContain(lost);
    expect(wrongIn(report).join()).toContain(lost);
  });
});
