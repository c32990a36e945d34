import type { Alert } from '../../domain/finding/alert.ts';
import type { Delivery } from '../../domain/finding/delivery.ts';
import { hourSec, minuteSec } from '../../domain/time.ts';
import { compose } from './compose.ts';
import { deliver, isDue, type Underway } from './deliver.ts';
import { lastingly } from './lastingly.ts';
import type { MailRun } from './mail-run.ts';
import { isOpen, isReached, parkAll, unconfirmed, withoutGone } from './settle.ts';

/** Sends a new message to its readers; what keeps it waiting is noted in the run. */
export async function sendMessage(delivery: Delivery, alerts: readonly Alert[], run: MailRun): Promise<void> {
  await noting(run, () => carry({ delivery, isBegun: false, isAhead: false }, alerts, run));
}

/** Sends a message that is not planned a second time: it is written down first, even if no reader can get it now. */
export async function sendPeriodic(delivery: Delivery, run: MailRun): Promise<void> {
  await noting(run, async () => {
    const isMine = await run.mailing.ledger.begin(run.key, delivery);
    if (isMine) await carry({ delivery, isBegun: true, isAhead: false }, [], run);
  });
}

/**
 * Goes on with the messages that earlier runs began: readers that have not got one, and records that are missing.
 * @returns what was under way, whatever became of it
 */
export async function resumeAll(run: MailRun): Promise<readonly Delivery[]> {
  const { ledger, store } = run.mailing;
  const deliveries = await ledger.list(run.key);
  for (const delivery of deliveries) {
    if (delivery.isClosed) continue;
    await noting(run, async () => {
      const named = withoutGone(delivery, await addressesNow(delivery, run));
      const isAhead = named.readers.length < delivery.readers.length;
      remind(named, run);
      if (!isAhead && !isUnfinished(named) && !named.readers.some((reader) => isDue(reader, run))) return;
      const alerts = await store.loadAll(run.key, named.alerts);
      await carry({ delivery: named, isBegun: true, isAhead }, alerts, run);
    });
  }
  return deliveries;
}

async function noting(run: MailRun, work: () => Promise<void>): Promise<void> {
  if (!run.isTimeLeft()) return;
  await work().catch(run.fail);
}

/** Readers as the settings name them today. */
async function addressesNow(
  { kind, alerts }: Delivery,
  { key, mailing }: MailRun,
): Promise<readonly string[]> {
  if (kind === 'weekly') return mailing.reportTo;
  const [first = ''] = alerts;
  const alert = await mailing.store.load({ ...key, id: first });
  return alert === undefined ? [] : mailing.rules.recipientsOf(alert.finding);
}

async function carry(start: Underway, alerts: readonly Alert[], run: MailRun): Promise<void> {
  const isToSend = start.delivery.readers.some((reader) => isDue(reader, run));
  const mail = isToSend ? await compose(start.delivery, alerts, run) : undefined;
  if (mail === 'not-built') return conclude(notBuilt(start, run), alerts, run);
  await conclude(mail === undefined ? start : await deliver(start, mail, run), alerts, run);
}

/** An email that our own code can't build rings, and is tried again each hour: a new release may build it. */
function notBuilt({ delivery, isBegun }: Underway, { mailing }: MailRun): Underway {
  for (const { address: reader } of delivery.readers.filter(isOpen))
    mailing.onGivenUp({ reader, code: 'not-built', message: delivery.key });
  return { delivery: parkAll(delivery, 'not-built', mailing.nowSec()), isBegun, isAhead: true };
}

/** Names once an hour what only a person can have sent again. */
function remind({ key, readers }: Delivery, { mailing }: MailRun): void {
  if (mailing.nowSec() % hourSec >= minuteSec) return;
  for (const { address: reader, state, code = '' } of readers)
    if (state === 'parked' && code === unconfirmed) mailing.onGivenUp({ reader, code, message: key });
}

/** Records the result in the ledger and in the alerts. */
async function conclude(
  { delivery, isBegun, isAhead }: Underway,
  alerts: readonly Alert[],
  run: MailRun,
): Promise<void> {
  const { key, mailing } = run;
  const { ledger } = mailing;
  const toLast = async (write: () => Promise<unknown>): Promise<void> => {
    await lastingly(write, { wait: mailing.wait, isAlive: run.isAlive });
  };
  if (isForNobody(delivery)) {
    if (isBegun) await toLast(() => ledger.remove(key, delivery));
    return;
  }
  if (isAhead) await toLast(() => (isBegun ? ledger.save(key, delivery) : ledger.begin(key, delivery)));
  if (!isUnfinished(delivery)) return;
  const done = { ...delivery, isRecorded: true, isClosed: !delivery.readers.some(isOpen) };
  if (!delivery.isRecorded) await record(done, alerts, run);
  if (done.isClosed && done.kind !== 'weekly') await ledger.remove(key, done);
  else await ledger.save(key, done);
}

/** True when no reader got it: it is planned again, with what came meanwhile. A week is not planned a second time. */
function isForNobody({ kind, readers }: Delivery): boolean {
  return kind === 'weekly' ? readers.length === 0 : readers.every(({ state }) => state === 'waiting');
}

/** True when a record is missing: that a reader has it, or that all have it. */
function isUnfinished({ readers, isRecorded }: Delivery): boolean {
  return (!isRecorded && readers.some(isReached)) || !readers.some(isOpen);
}

async function record(delivery: Delivery, alerts: readonly Alert[], { mailing }: MailRun): Promise<void> {
  const { kind, readers, reasons } = delivery;
  const atSec = Math.min(...readers.filter(isReached).map((reader) => reader.atSec));
  if (kind === 'weekly') return;
  if (kind !== 'resolved') return mailing.store.recordMailed(alerts, atSec);
  const reasonOf = ({ finding: { id } }: Alert) => reasons[delivery.alerts.indexOf(id)] ?? '';
  for (const alert of alerts)
    await mailing.store.recordOutcome(alert.finding, { kind: 'resolved', reason: reasonOf(alert), atSec });
}
