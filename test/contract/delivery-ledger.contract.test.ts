import fc from 'fast-check';
import type { AccountKey } from '../../lib/domain/events/billing-event.ts';
import { type Delivery, deliverySchema, newDelivery } from '../../lib/domain/finding/delivery.ts';
import { mailAllAlerts } from '../../lib/notify/mail-alerts.ts';
import type { Answer } from '../../lib/notify/receivers/receiver.ts';
import { leaseSec } from '../../lib/store/alert/alert-store.ts';
import type { DeliveryLedger } from '../../lib/store/delivery/delivery-ledger.ts';
import { dynamoDeliveryLedger } from '../../lib/store/delivery/dynamo-delivery-ledger.ts';
import { acmeMailing } from '../fixtures/acme-mailing.ts';
import { arbitraryOf } from '../fixtures/arbitrary-of.ts';
import { startDynaliteTable } from '../fixtures/dynalite-table.ts';
import { memoryAccountStore } from '../fixtures/memory/memory-account-store.ts';
import { memoryAlertStore } from '../fixtures/memory/memory-alert-store.ts';
import { memoryCertificateStore } from '../fixtures/memory/memory-certificate-store.ts';
import { memoryDeliveryLedger } from '../fixtures/memory/memory-delivery-ledger.ts';
import { receiverOf } from '../fixtures/receiver-of.ts';
import { draftSpike, nowSec as startSec } from '../unit/message/sample-findings.ts';

type Start = () => Promise<{ ledger: DeliveryLedger; stop(): Promise<void> }>;

const ledgers: readonly [string, Start, number][] = [
  ['memory', async () => ({ ledger: memoryDeliveryLedger(), stop: async () => {} }), 300],
  [
    'DynamoDB',
    async () => {
      const { client, tableName, stop } = await startDynaliteTable();
      return { ledger: dynamoDeliveryLedger(client, tableName), stop };
    },
    25,
  ],
];

/** What goes wrong at a call: the write is refused, or done without an answer; the Lambda dies before or after it. */
const mishap = fc.constantFrom(
  'none',
  'none',
  'none',
  'refused',
  'lost',
  'dies before',
  'dies after' as const,
);
const said = fc.constantFrom<(Answer | 'lost' | 'dies before' | 'dies after')[]>(
  'taken',
  'taken',
  'lost',
  'dies before',
  'dies after',
  'unanswered',
  { fault: 'weather', code: 'ServiceUnavailable' },
  { fault: 'operator', code: 'sending-paused' },
  { fault: 'reader', code: 'reader-not-verified' },
  { fault: 'ours', code: 'InvalidParameterValue' },
);
const readers = ['ann@acme.example', 'bob@acme.example'];
const forever = () => new Promise<never>(() => undefined);

describe.each(ledgers)('the ledger in %s', (_name, start, runs) => {
  let ledger: DeliveryLedger;
  let stop: () => Promise<void>;
  let accounts = 0;
  const newKey = (): AccountKey => {
    accounts += 1;
    return { account: `acct_${accounts}`, livemode: true };
  };
  const planned = (key: string, plannedAtSec = startSec): Delivery => ({
    ...newDelivery({
      ...{ kind: 'group', topic: 'price:price_1', alerts: ['a', 'b'], plannedAtSec },
      ...{ receiver: 'email', to: readers },
    }),
    key,
  });

  beforeAll(async () => {
    ({ ledger, stop } = await start());
  });
  afterAll(() => stop());

  it('begins a message once, until it is removed', async () => {
    const key = newKey();
    expect(await ledger.begin(key, planned('a'))).toBe(true);
    expect(await ledger.begin(key, planned('a'))).toBe(false);
    expect(await ledger.begin({ ...key, livemode: false }, planned('a'))).toBe(true);
    await ledger.remove(key, planned('a'));
    expect(await ledger.begin(key, planned('a'))).toBe(true);
  });

  it('lists what was written last, the oldest message first, of its account and mode alone', async () => {
    const key = newKey();
    await ledger.begin(key, planned('late', startSec + 5));
    await ledger.begin(key, planned('early'));
    await ledger.begin({ ...key, livemode: false }, planned('test'));
    const changed = { ...planned('early'), isRecorded: true };
    await ledger.save(key, changed);
    expect(await ledger.list(key)).toEqual([changed, planned('late', startSec + 5)]);
  });

  it('names an account while a delivery is open there', async () => {
    const key = newKey();
    const isNamed = async () =>
      (await ledger.accounts()).some(({ account, livemode }) => account === key.account && livemode);
    expect(await isNamed()).toBe(false);
    await ledger.begin(key, planned('a'));
    await ledger.list(key);
    expect(await isNamed()).toBe(true);
    await ledger.save(key, { ...planned('a'), isClosed: true });
    expect(await ledger.list(key)).toHaveLength(1);
    expect(await isNamed()).toBe(false);
  });

  it('gives back every delivery as it was written', async () => {
    const law = fc.asyncProperty(arbitraryOf(deliverySchema), async (delivery) => {
      const key = newKey();
      const named = { ...delivery, key: `alert ${delivery.key}` };
      await ledger.save(key, named);
      expect(await ledger.list(key)).toEqual([named]);
    });
    await fc.assert(law, { numRuns: runs });
  });

  it('has each reader get each message, once more at most, and never without an intent, whatever goes wrong', async () => {
    const law = fc.asyncProperty(
      fc.array(mishap, { maxLength: 30 }),
      fc.array(said, { maxLength: 12 }),
      fc.integer({ min: 1, max: 3 }),
      async (allMishaps, allAnswers, findings) => {
        const [mishaps, answers] = [[...allMishaps], [...allAnswers]];
        const key = newKey();
        const store = memoryAlertStore();
        const taken = new Map<string, number>();
        let nowSec = startSec;
        let isPeace = false;
        let die = (): void => undefined;
        const dying = (): Promise<never> => {
          die();
          return forever();
        };
        const written = async <Result>(write: () => Promise<Result>): Promise<Result> => {
          const what = isPeace ? 'none' : (mishaps.shift() ?? 'none');
          if (what === 'refused') throw new Error('refused');
          if (what === 'dies before') return dying();
          const result = await write();
          if (what === 'lost') throw new Error('lost');
          return what === 'dies after' ? dying() : result;
        };
        const receiver = receiverOf(async ({ alertIds }, reader) => {
          const answer = isPeace ? 'taken' : (answers.shift() ?? 'taken');
          const names = alertIds.map((id) => `${id} ${reader}`);
          const list = await ledger.list(key);
          const open = list.filter(({ alerts }) => alerts.some((id) => alertIds.includes(id)));
          const states = open.flatMap((one) => one.readers).filter(({ address }) => address === reader);
          expect(states.map(({ state }) => state)).toEqual(['sending']);
          if (answer === 'dies before') return dying();
          if (typeof answer !== 'string') return answer;
          for (const name of names) taken.set(name, (taken.get(name) ?? 0) + 1);
          if (answer === 'dies after') return dying();
          if (answer === 'taken') return answer;
          return 'unanswered'; // it has it, and does not say so
        });
        const mailing = {
          ...acmeMailing,
          rules: { ...acmeMailing.rules, recipientsOf: () => readers },
          store,
          ledger: {
            ...ledger,
            begin: (...args: Parameters<DeliveryLedger['begin']>) => written(() => ledger.begin(...args)),
            save: (...args: Parameters<DeliveryLedger['save']>) => written(() => ledger.save(...args)),
            remove: (...args: Parameters<DeliveryLedger['remove']>) => written(() => ledger.remove(...args)),
            accounts: async () => [key],
          },
          receiver,
          drawChart: async () => undefined,
          feedbackLinks: async () => undefined,
          accounts: memoryAccountStore(),
          certificates: memoryCertificateStore(),
          detectors: [],
          reportTo: readers,
          nowSec: () => nowSec,
          slowestMailMs: 0,
        };
        const run = async (isRetry = false): Promise<void> => {
          const death = new Promise<void>((resolve) => {
            die = resolve;
          });
          const work = mailAllAlerts(mailing, { remainingMs: () => 60_000, isRetry });
          await Promise.race([work.catch(() => undefined), death]);
          nowSec += leaseSec + 1;
        };
        for (let index = 0; index < findings; index += 1)
          await store.file({ ...draftSpike, ...key, id: `f${index}` }, nowSec);
        for (let minute = 0; minute < 12; minute += 1) await run();
        const most = Math.max(0, ...taken.values());
        isPeace = true;
        await run(true);
        await run();
        await run();
        const all = Array.from({ length: findings }, (_, index) => readers.map((one) => `f${index} ${one}`));
        expect([...taken.keys()].sort()).toEqual(all.flat().sort());
        expect(most).toBeLessThanOrEqual(2);
        const open = (await ledger.list(key)).filter(({ isClosed }) => !isClosed);
        expect(open).toEqual([]);
        expect(await store.waiting(key, 10)).toEqual([]);
      },
    );
    await fc.assert(law, { numRuns: runs });
  });
});
