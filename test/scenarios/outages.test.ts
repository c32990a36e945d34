import { daySec, hourSec } from '../../lib/domain/time.ts';
import { chaosEvents } from '../chaos/chaos-events.ts';
import { chaosRun } from '../chaos/chaos-run.ts';
import { noFaults } from '../chaos/invocations.ts';

/** A week with many mistakes: emails of every kind, also in the hour in which AWS fails. */
const events = chaosEvents(2, { days: 7, mistakesPercent: 15 });

/** The hour in which most events happen. */
function busiestHourSec(): number {
  const hours = [...Map.groupBy(events, ({ created }) => Math.floor(created / hourSec))];
  const [[hour] = [0]] = hours.sort(([, a], [, b]) => b.length - a.length);
  return hour * hourSec;
}

const services = ['DynamoDB', 'SQS', 'SES', 'Secrets Manager'];
const items = ['customer#', 'hour#', 'account#', 'alert#', 'outbox#', 'turn#'].map(
  (key) => `DynamoDB ${key}`,
);
const untouched = {
  wrongRecords: [],
  lost: [],
  doubled: [],
  doubledByCrash: [],
  doubledByRefusal: [],
  poisonLeft: [],
};

/** `npm run chaos -- --outage NAME` does the same to a year. */
it.each([...services, ...items])(
  'loses, doubles and gives up nothing while %s fails for an hour',
  async (of) => {
    const fromSec = busiestHourSec();
    const outage = { of, fromSec, untilSec: fromSec + hourSec };
    const report = await chaosRun({ seed: 2, events, faults: { ...noFaults, outage } });
    expect(report).toMatchObject({ ...untouched, redriven: 0 });
    expect(report.suffered.size).toBeGreaterThan(0);
  },
);

it('gives up what can’t be processed once its tries can be counted again', async () => {
  const firstSec = Math.min(...events.map(({ created }) => created));
  const outage = { of: 'DynamoDB try#', fromSec: 0, untilSec: firstSec + 2 * daySec }; // SQS itself gives up after 1,000
  const report = await chaosRun({ seed: 2, events, faults: { ...noFaults, outage } });
  expect(report).toMatchObject({ ...untouched, redriven: 0 });
  expect(report.suffered.size).toBeGreaterThan(0);
});
