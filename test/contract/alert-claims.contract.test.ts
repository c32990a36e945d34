import {
  type AlertClaim,
  type AlertClaims,
  type ClaimAnswer,
  leaseSec,
} from '../../lib/store/alert-claims.ts';
import { dynamoAlertClaims } from '../../lib/store/dynamo-alert-claims.ts';
import { startDynaliteTable } from '../fixtures/dynalite-table.ts';

const nowSec = 1_795_442_400;
const longAfterSec = nowSec + leaseSec;

let claims: AlertClaims;
let stop: () => Promise<void>;
let alerts = 0;

beforeAll(async () => {
  const table = await startDynaliteTable();
  claims = dynamoAlertClaims(table.client, table.tableName);
  stop = table.stop;
});
afterAll(() => stop());

function newKey() {
  alerts += 1;
  return { account: 'self', livemode: true, id: `alert${alerts}` };
}

function given(answer: ClaimAnswer): AlertClaim {
  if (typeof answer === 'string') throw new Error(`expected a claim, got ${answer}`);
  return answer;
}

it('gives one of many claims made at the same time', async () => {
  const key = newKey();
  const answers = await Promise.all(Array.from({ length: 10 }, () => claims.claim(key, nowSec)));
  expect(answers.filter((answer) => answer !== 'held')).toHaveLength(1);
});

it('holds a claim as long as its lease, and then gives it anew', async () => {
  const key = newKey();
  given(await claims.claim(key, nowSec));
  expect(await claims.claim(key, longAfterSec - 1)).toBe('held');
  given(await claims.claim(key, longAfterSec));
});

it('says sent for more than a year of what was recorded as sent', async () => {
  const key = newKey();
  await claims.recordSent(given(await claims.claim(key, nowSec)), 'mail-1', nowSec + 1);
  expect(await claims.claim(key, nowSec + 1)).toBe('sent');
  expect(await claims.claim(key, nowSec + 366 * 86_400)).toBe('sent');
});

it('gives a claim at once after it was released', async () => {
  const key = newKey();
  await claims.release(given(await claims.claim(key, nowSec)));
  given(await claims.claim(key, nowSec));
});

it('leaves the next claim alone when one that ran out is released late', async () => {
  const key = newKey();
  const late = given(await claims.claim(key, nowSec));
  given(await claims.claim(key, longAfterSec));
  await claims.release(late);
  expect(await claims.claim(key, longAfterSec)).toBe('held');
});

it('keeps what was sent when its claim had run out and somebody else releases theirs', async () => {
  const key = newKey();
  const slow = given(await claims.claim(key, nowSec));
  const next = given(await claims.claim(key, longAfterSec));
  await claims.recordSent(slow, 'mail-1', longAfterSec);
  await claims.release(next);
  expect(await claims.claim(key, longAfterSec)).toBe('sent');
});

it('keeps modes, accounts and alerts apart', async () => {
  const key = newKey();
  given(await claims.claim(key, nowSec));
  given(await claims.claim({ ...key, livemode: false }, nowSec));
  given(await claims.claim({ ...key, account: 'acct_1' }, nowSec));
  given(await claims.claim(newKey(), nowSec));
});
