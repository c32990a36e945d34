import { chaosEvents, provenBy } from '../chaos/chaos-events.ts';
import { chaosRun } from '../chaos/chaos-run.ts';
import { noFaults } from '../chaos/invocations.ts';
import { roughDay } from '../chaos/rough-day.ts';

/** `npm run chaos -- --runs 200` is the whole of it; here are two months of the same company. */
const someEvents = (seed: number) => chaosEvents(seed, { days: 60, mistakesPercent: 6 });

it.each([2, 3])(
  'loses nothing, doubles nothing and remembers the same, whatever dies at any await: seed %i',
  async (seed) => {
    const events = someEvents(seed);
    const report = await chaosRun({ seed, events, faults: roughDay });
    expect(report).toMatchObject({ wrongRecords: [], lost: [], doubled: [], poisonLeft: [] });
    expect(provenBy(events).size).toBeGreaterThan(3);
    expect(report.suffered.size).toBeGreaterThan(6); // it was a rough day
  },
);

it('is quiet without faults: each finding mailed once, and no dead letters', async () => {
  const report = await chaosRun({ seed: 4, events: someEvents(4), faults: noFaults });
  expect(report).toMatchObject({
    wrongRecords: [],
    lost: [],
    doubled: [],
    doubledByCrash: [],
    redriven: 0,
    poisonLeft: [],
  });
});
