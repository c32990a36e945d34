import { objectHash } from '../../../lib/domain/events/object-hash.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { emptyRecord } from '../../../lib/domain/record/customer-record.ts';
import type { Verdict } from '../../../lib/domain/record/series.ts';
import type { FeedbackStores } from '../../../lib/feedback/give-answer.ts';
import {
  type FeedbackAnswer,
  type FeedbackRequest,
  serveFeedback,
} from '../../../lib/feedback/serve-feedback.ts';
import { RecordConflictError } from '../../../lib/store/record/record-store.ts';
import { startFeedbackDesk } from '../../fixtures/feedback-desk.ts';
import { cardTesting, draftSpike, nowSec } from '../message/sample-findings.ts';

let desk: Awaited<ReturnType<typeof startFeedbackDesk>>;
let alerts = 0;

beforeAll(async () => {
  desk = await startFeedbackDesk(nowSec);
});
afterAll(() => desk.stop());
beforeEach(() => {
  desk.clock.nowSec = nowSec;
});

/** An alert that was mailed, of an invoice that its customer's record knows. */
async function mailed(change: Partial<Finding> = {}) {
  alerts += 1;
  const own = { id: `finding${alerts}`, customer: `cus_${alerts}`, object: `in_${alerts}` };
  const finding: Finding = { ...draftSpike, observed: { part: 'invoices', admits: true }, ...own, ...change };
  await desk.stores.alerts.file(finding, nowSec - 60);
  await desk.stores.alerts.recordMailed(
    [{ finding, filedAtSec: nowSec - 60, mailedAtSec: null, outcome: null }],
    nowSec,
  );
  const seen = (object: string, value: number) => {
    const state = { revision: 0, voided: false, verdict: 'none' as const };
    return { atSec: nowSec - 900, hash: objectHash(object), value, ...state };
  };
  const usage = [seen(finding.object, 9_000)];
  const amounts = [seen('in_other', 41_000), seen(finding.object, 412_000)];
  const invoices = new Map([
    ['recurring:usd:month', amounts],
    ['usage:price_1', usage],
  ]);
  if (finding.customer !== null) {
    const key = { ...finding, customer: finding.customer };
    await desk.stores.records.save(key, await desk.stores.records.load(key), { ...emptyRecord, invoices });
  }
  return { finding, token: desk.tokenFor(finding) };
}

async function verdicts({ account, livemode, customer }: Finding): Promise<readonly Verdict[]> {
  const { record } = await desk.stores.records.load({ account, livemode, customer: customer ?? '' });
  return [...record.invoices.values()].flatMap((series) => series.map(({ verdict }) => verdict));
}

const outcomeOf = async (finding: Finding) => (await desk.stores.alerts.load(finding))?.outcome;
const tomorrow = { until: '2026-11-24' };
const afterTomorrowSec = Date.parse('2026-11-24T23:00Z') / 1000;

const actions = [undefined, 'expected', 'error', 'planned', 'snooze', 'undo', '"><script>'];

/** A mail scanner opens every link of an email, again and again. */
async function scan(visits: number, visit: (change: Partial<FeedbackRequest>) => Promise<FeedbackAnswer>) {
  for (let index = 0; index < visits; index += 1) {
    const method = index % 3 === 0 ? 'HEAD' : 'GET';
    const action = actions[index % actions.length];
    expect((await visit({ method, action, body: 'action=expected&seen=0' })).statusCode).toBe(200);
  }
}

it('sends no write to the table however a scanner visits', async () => {
  const { finding, token } = await mailed();
  const before = [await outcomeOf(finding), await verdicts(finding)];
  desk.written.length = 0;
  await scan(21, (change) => desk.ask(token, change));
  expect(desk.written).toEqual([]);
  expect([await outcomeOf(finding), await verdicts(finding)]).toEqual(before);
});

it('asks nothing of its stores but to read, in 1,000 visits of a scanner', async () => {
  const { finding, token } = await mailed();
  const alert = await desk.stores.alerts.load(finding);
  const writes = jest.fn();
  const stores: FeedbackStores = {
    alerts: { load: async () => alert, recordOutcome: writes },
    answers: { about: async () => [], give: writes },
    records: { load: writes, save: writes },
  };
  const request = { token, method: 'GET', action: undefined, body: '' };
  await scan(1_000, (change) => serveFeedback({ ...request, ...change }, { ...desk.deps, stores }));
  expect(writes).not.toHaveBeenCalled();
});

it('makes all that is known of the object usual when it was expected, and says so', async () => {
  const { finding, token } = await mailed();
  const page = await desk.answer(token, { action: 'expected', seen: '0' });
  expect(page.statusCode).toBe(200);
  expect(page.body).toMatch(
    /Done\..*Undo takes it back.*Expected, new normal\..*From now on this is usual for Acme Ltd/s,
  );
  expect(await verdicts(finding)).toEqual(['none', 'expected', 'expected']);
  expect(await outcomeOf(finding)).toEqual({ kind: 'expected', atSec: nowSec });
});

it('does the same once, however often it is sent', async () => {
  const { finding, token } = await mailed();
  const form = { action: 'planned', seen: '0', ...tomorrow };
  const pages = await Promise.all([1, 2, 3].map(() => desk.answer(token, form)));
  expect(pages.some(({ statusCode }) => statusCode === 200)).toBe(true);
  desk.clock.nowSec += 60;
  expect((await desk.answer(token, form)).statusCode).toBe(200);
  const planned = { kind: 'planned', untilSec: afterTomorrowSec, atSec: nowSec };
  expect(await outcomeOf(finding)).toEqual(planned);
  expect(await desk.stores.answers.about(finding)).toMatchObject([{ ...planned, count: 1 }]);
});

it('takes an answer back, and all that followed from it', async () => {
  const { finding, token } = await mailed();
  await desk.answer(token, { action: 'error', seen: '0' });
  expect(await verdicts(finding)).toEqual(['none', 'error', 'error']);
  const page = await desk.answer(token, { action: 'undo', seen: '1' });
  expect(page.body).toContain('the answer is taken back');
  expect(page.body).toContain('no one has answered');
  expect(await verdicts(finding)).toEqual(['none', 'none', 'none']);
  expect(await outcomeOf(finding)).toBeNull();
});

it('is over again, not open, when the answer to an alert that was over is taken back', async () => {
  const { finding, token } = await mailed();
  const resolved = { kind: 'resolved', reason: 'The invoice was voided.', atSec: nowSec } as const;
  await desk.stores.alerts.recordOutcome(finding, resolved);
  await desk.answer(token, { action: 'error', seen: '0' });
  await desk.answer(token, { action: 'expected', seen: '1' });
  expect(await outcomeOf(finding)).toMatchObject({ kind: 'expected' });
  expect((await desk.answer(token, { action: 'undo', seen: '2' })).body).toContain('The invoice was voided.');
  expect(await outcomeOf(finding)).toEqual(resolved);
});

it('lets another answer take the place of the first', async () => {
  const { finding, token } = await mailed();
  await desk.answer(token, { action: 'expected', seen: '0' });
  await desk.answer(token, { action: 'snooze', seen: '1', ...tomorrow });
  expect(await verdicts(finding)).toEqual(['none', 'none', 'none']);
  expect(await outcomeOf(finding)).toEqual({ kind: 'snoozed', untilSec: afterTomorrowSec, atSec: nowSec });
});

it('answers 403 to a form that is sent again after it was undone, or after someone else has answered', async () => {
  const { finding, token } = await mailed();
  await desk.answer(token, { action: 'expected', seen: '0' });
  await desk.answer(token, { action: 'undo', seen: '1' });
  for (const seen of ['0', '1', '-1', '99']) {
    const page = await desk.answer(token, { action: 'expected', seen });
    expect(page.statusCode).toBe(403);
    expect(page.body).toContain('Nothing was changed');
  }
  expect(await verdicts(finding)).toEqual(['none', 'none', 'none']);
  expect((await desk.answer(token, { action: 'error', seen: '2' })).statusCode).toBe(200);
});

it('hears one of two people who answer at once', async () => {
  const { finding, token } = await mailed();
  const pages = await Promise.all(
    ['expected', 'error'].map((action) => desk.answer(token, { action, seen: '0' })),
  );
  expect(pages.map(({ statusCode }) => statusCode).sort()).toEqual([200, 403]);
  const [answer] = await desk.stores.answers.about(finding);
  expect(await outcomeOf(finding)).toMatchObject({ kind: answer?.kind });
});

it('tries again when the detector writes the record at the same moment', async () => {
  const { finding, token } = await mailed();
  const save = jest.spyOn(desk.stores.records, 'save');
  save.mockRejectedValueOnce(new RecordConflictError()).mockRejectedValueOnce(new RecordConflictError());
  expect((await desk.answer(token, { action: 'error', seen: '0' })).statusCode).toBe(200);
  expect(await verdicts(finding)).toEqual(['none', 'error', 'error']);
});

it('ends what a failure has left undone when the form is sent once more', async () => {
  const { finding, token } = await mailed();
  jest.spyOn(desk.stores.records, 'save').mockRejectedValueOnce(new Error('away'));
  const form = { action: 'expected', seen: '0' };
  await expect(desk.answer(token, form)).rejects.toThrow('away');
  expect((await desk.answer(token, form)).statusCode).toBe(200);
  expect(await verdicts(finding)).toEqual(['none', 'expected', 'expected']);
  expect(await outcomeOf(finding)).toMatchObject({ kind: 'expected' });
});

it('answers every link that is not good with one page, and does nothing', async () => {
  const { finding, token } = await mailed();
  const other = await mailed();
  const [claims] = token.split('.');
  const bad = [
    desk.tokenFor(finding, nowSec), // expired
    `${claims}.${other.token.split('.')[1]}`,
    token.slice(0, -1),
    token.slice(1),
    token.toUpperCase(),
    '',
  ];
  desk.written.length = 0;
  const pages = await Promise.all(bad.map((one) => desk.answer(one, { action: 'expected', seen: '0' })));
  expect(pages.map(({ statusCode }) => statusCode)).toEqual(bad.map(() => 403));
  expect(new Set(pages.map(({ body }) => body)).size).toBe(1);
  expect(desk.written).toEqual([]);
});

it('reaches no alert of another account, mode or id', async () => {
  const { finding } = await mailed();
  const others = [{ account: 'acct_2' }, { livemode: false }, { id: 'unknown' }];
  desk.written.length = 0;
  for (const other of others) {
    const page = await desk.answer(desk.tokenFor({ ...finding, ...other }), {
      action: 'expected',
      seen: '0',
    });
    expect(page.statusCode).toBe(404);
    expect(page.body).toContain('not kept any more');
  }
  expect(desk.written).toEqual([]);
});

it.each([
  ['no field', {}, 'not sent by this page'],
  ['no such answer', { action: 'delete', seen: '0' }, 'not sent by this page'],
  ['no count', { action: 'expected' }, 'not sent by this page'],
  ['no day', { action: 'planned', seen: '0' }, 'choose a day'],
  ['yesterday', { action: 'planned', seen: '0', until: '2026-11-22' }, 'choose a day'],
  ['a day in two years', { action: 'snooze', seen: '0', until: '2028-11-22' }, 'choose a day'],
])('answers 400 to a form with %s, and says what to do', async (_name, fields, words) => {
  const { token } = await mailed();
  desk.written.length = 0;
  const page = await desk.answer(token, fields as Record<string, string>);
  expect(page.statusCode).toBe(400);
  expect(page.body).toContain(words);
  expect(desk.written).toEqual([]);
});

it('takes today and the same day in a year', async () => {
  for (const until of ['2026-11-23', '2027-11-23']) {
    const { token } = await mailed();
    expect((await desk.answer(token, { action: 'snooze', seen: '0', until })).statusCode).toBe(200);
  }
});

it('refuses more than a form, unread', async () => {
  const { token } = await mailed();
  expect((await desk.ask(token, { method: 'POST', body: 'x'.repeat(1_001) })).statusCode).toBe(413);
});

it('keeps what is said of the whole account, which no record remembers', async () => {
  const { finding, token } = await mailed({ ...cardTesting, id: 'account', observed: undefined });
  expect((await desk.answer(token, { action: 'expected', seen: '0' })).body).toContain(
    'Nothing is learnt from it',
  );
  expect(await outcomeOf(finding)).toMatchObject({ kind: 'expected' });
});
