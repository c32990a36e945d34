import { parseBillingEvent } from '../../lib/domain/events/parse-billing-event.ts';
import type { Finding } from '../../lib/domain/finding/finding.ts';
import { fileAlert } from '../../lib/notify/file-alert.ts';
import { parseFinding } from '../../lib/notify/parse-finding.ts';
import { dynamoAlertStore } from '../../lib/store/alert/dynamo-alert-store.ts';
import { dynamoAnswerStore } from '../../lib/store/alert/dynamo-answer-store.ts';
import { startDynaliteTable } from '../fixtures/dynalite-table.ts';
import { storedLines } from '../fixtures/stored.ts';
import { brokenSum, draftSpike } from '../unit/message/sample-findings.ts';

// In a deployment functions change one after the other: for minutes a newer detector queues for an older alert
// function. What the newer one added must be there when the newer alert function reads what the older one filed.

type Table = Awaited<ReturnType<typeof startDynaliteTable>>;
let table: Table;
beforeAll(async () => {
  table = await startDynaliteTable();
});
afterAll(() => table.stop());

const nowSec = 1_795_442_400;

/** As a newer release queues it: more than this one knows, at every level and in lists. */
function withMore<Value extends object>(value: Value): Value {
  const { history, money }: Partial<Pick<Finding, 'history' | 'money'>> = value;
  return {
    ...value,
    addedLater: { reviewers: ['Ada', 'Bo'] },
    ...(money && { money: { ...money, addedLater: true } }),
    ...(history && {
      history: { ...history, points: history.points.map((point) => ({ ...point, addedLater: 1 })) },
    }),
  };
}

it('files a finding with all that a newer release put in it, and keeps that to the end', async () => {
  const store = dynamoAlertStore(table.client, table.tableName);
  const filing = {
    store,
    answers: dynamoAnswerStore(table.client, table.tableName),
    nowSec: () => nowSec,
  };
  const queued = withMore(draftSpike);
  await fileAlert(parseFinding(JSON.stringify(queued)), filing);
  expect((await store.load(queued))?.finding).toEqual(queued);
  await store.recordMailed(await store.waiting(queued, 10), nowSec);
  await store.recordOutcome(queued, { kind: 'expected', atSec: nowSec });
  expect(await store.load(queued)).toEqual({
    finding: queued,
    filedAtSec: nowSec,
    mailedAtSec: nowSec,
    outcome: { kind: 'expected', atSec: nowSec },
  });
});

it('files what has become worse with all that a newer release put in it', async () => {
  const store = dynamoAlertStore(table.client, table.tableName);
  const filing = {
    store,
    answers: dynamoAnswerStore(table.client, table.tableName),
    nowSec: () => nowSec,
  };
  const key = { account: 'acct_worse', livemode: true };
  await fileAlert({ ...brokenSum, ...key, severity: 'low' }, filing);
  const worse = withMore({
    ...brokenSum,
    ...key,
    severity: 'critical' as const,
    actual: brokenSum.actual + 1,
  });
  await fileAlert(parseFinding(JSON.stringify(worse)), filing);
  const filed = await store.waiting(key, 10);
  const hasMore = filed.map(({ finding }) => [finding.severity, 'addedLater' in finding] as const);
  expect(Object.fromEntries(hasMore)).toEqual({ low: false, critical: true });
});

it('reads an event with all that a newer webhook put in it', () => {
  const [stored = ''] = storedLines('billing-event.v1.jsonl');
  const newer = withMore<object>(JSON.parse(stored));
  expect(parseBillingEvent(JSON.stringify(newer))).toEqual(newer);
});
