import { memoryRenewalCalendar } from '../../infra/cli/memory-renewal-calendar.ts';
import type { RenewalDue } from '../../lib/domain/record/renewals-due.ts';
import { dynamoRenewalCalendar } from '../../lib/store/renewal/dynamo-renewal-calendar.ts';
import type { RenewalCalendar } from '../../lib/store/renewal/renewal-calendar.ts';
import { startDynaliteTable } from '../fixtures/dynalite-table.ts';

const hour = 490_000;
const at = (hours: number, subscription = 'sub_1', customer = 'cus_1'): RenewalDue => ({
  subscription,
  customer,
  dueSec: Math.round((hour + hours) * 3600),
});

const calendars: readonly [string, () => Promise<{ calendar: RenewalCalendar; stop(): Promise<void> }>][] = [
  ['memory', async () => ({ calendar: memoryRenewalCalendar(), stop: async () => {} })],
  [
    'DynamoDB',
    async () => {
      const { client, tableName, stop } = await startDynaliteTable();
      return { calendar: dynamoRenewalCalendar(client, tableName), stop };
    },
  ],
];

describe.each(calendars)('the renewal calendar in %s', (_name, start) => {
  let calendar: RenewalCalendar;
  let stop: () => Promise<void>;
  let accounts = 0;
  const newKey = () => {
    accounts += 1;
    return { account: `acct_${accounts}`, livemode: true };
  };

  beforeAll(async () => {
    ({ calendar, stop } = await start());
  });
  afterAll(() => stop());

  it('finds what is due in the hours asked for, first and last included, in the order in which it is due', async () => {
    const key = newKey();
    await calendar.note(key, [
      at(2),
      at(0.5, 'sub_2'),
      at(-0.01),
      at(0),
      at(1.99, 'sub_3', 'a merchant’s # own'),
      at(3),
    ]);
    expect(await calendar.dueBetween(key, hour, hour + 2)).toEqual([
      at(0),
      at(0.5, 'sub_2'),
      at(1.99, 'sub_3', 'a merchant’s # own'),
      at(2),
    ]);
  });

  it('finds once what was noted again and again', async () => {
    const key = newKey();
    await calendar.note(key, [at(0), at(0)]);
    await Promise.all([calendar.note(key, [at(0)]), calendar.note(key, [at(0)])]);
    expect(await calendar.dueBetween(key, hour, hour)).toEqual([at(0)]);
  });

  it('keeps customers, subscriptions, accounts and modes apart', async () => {
    const key = newKey();
    const dues = [at(0), at(0, 'sub_2'), at(0, 'sub_1', 'cus_2')];
    await calendar.note(key, dues);
    await calendar.note({ ...key, livemode: false }, [at(0, 'sub_3')]);
    await calendar.note(newKey(), [at(0, 'sub_4')]);
    const found = await calendar.dueBetween(key, hour, hour);
    expect(found).toHaveLength(3);
    expect(found).toEqual(expect.arrayContaining(dues));
    expect(await calendar.dueBetween({ ...key, livemode: false }, hour, hour)).toEqual([at(0, 'sub_3')]);
  });

  it('finds what is due of ids as long as ids can be, in any script', async () => {
    const key = newKey();
    const ids = ['x', 'ж', '😀'].map((character) => character.repeat(255));
    const dues = ids.map((id) => at(0, id, id));
    await calendar.note(key, [...dues, ...dues]);
    const found = await calendar.dueBetween(key, hour, hour);
    expect(found).toHaveLength(3);
    expect(found).toEqual(expect.arrayContaining(dues));
  });

  it('finds nothing where nothing was noted, and has nothing to write of no renewals', async () => {
    const key = newKey();
    await calendar.note(key, []);
    expect(await calendar.dueBetween(key, hour, hour + 48)).toEqual([]);
  });
});

it('reads on when an hour has more than DynamoDB gives at once', async () => {
  const { client, tableName, stop } = await startDynaliteTable();
  try {
    const calendar = dynamoRenewalCalendar(client, tableName);
    const key = { account: 'self', livemode: true };
    const long = 'x'.repeat(900); // 1 MB a page
    const dues = Array.from({ length: 700 }, (_, index) => at(index / 1_000, `sub_${index}`, `cus_${long}`));
    for (let from = 0; from < dues.length; from += 100)
      await calendar.note(key, dues.slice(from, from + 100));
    expect(await calendar.dueBetween(key, hour, hour)).toEqual(dues);
  } finally {
    await stop();
  }
});
