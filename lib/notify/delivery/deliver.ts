import type { Delivery, DeliveryReader } from '../../domain/finding/delivery.ts';
import type { Mail } from '../../message/email/mail.ts';
import type { Answer } from '../receivers/receiver.ts';
import { lastingly } from './lastingly.ts';
import type { MailRun } from './mail-run.ts';
import { NotTakenError } from './not-taken-error.ts';
import { intend, isExhausted, isParkedDue, isReached, park, settle, unconfirmed } from './settle.ts';

/** Where a delivery stands in this run. */
export interface Underway {
  readonly delivery: Delivery;
  /** It is in the ledger. */
  readonly isBegun: boolean;
  /** An answer is not in the ledger yet. */
  readonly isAhead: boolean;
}

/** Checks whether anything can be done for this reader now. */
export function isDue(reader: DeliveryReader, { mailing, holds, isRetry }: MailRun): boolean {
  if (reader.state === 'taken' || holds.isHeld(reader.address)) return false;
  return reader.state !== 'parked' || isParkedDue(reader, mailing.nowSec(), isRetry);
}

/**
 * Sends a message to each reader that is due, the intent before the effect: the ledger says `sending` before the receiver
 * is called. If that can't be written, nothing is sent. The answer is written with the next reader's intent, and again
 * until the table takes it.
 *
 * So an intent without an answer means that the function died between the two, that no answer came, or that the table
 * stayed away until the function's time was over. It is not known whether it was taken: it is sent once more, when the
 * receiver answers at all, and then parked, as finance should not get it a third time.
 * @throws an intent or an answer could not be written
 */
export async function deliver(start: Underway, mail: Mail, run: MailRun): Promise<Underway> {
  const { ledger, receiver, nowSec } = run.mailing;
  let { delivery, isBegun, isAhead } = start;
  let isNoted = delivery.readers.some((one) => isReached(one) || one.state === 'sending');
  for (const { address } of start.delivery.readers) {
    const reader = delivery.readers.find((one) => one.address === address);
    if (reader === undefined || !isDue(reader, run)) continue;
    if (!run.isTimeLeft()) break;
    if (isExhausted(reader) && !run.isRetry) {
      delivery = park(delivery, address, unconfirmed, nowSec());
      isAhead = true;
      giveUp(delivery, address, unconfirmed, run);
      continue;
    }
    if (reader.state === 'sending' && !(await run.isAnswering())) {
      run.fail(new NotTakenError({ fault: 'weather', code: 'not-answering' }));
      continue;
    }
    const intent = intend(delivery, address, nowSec());
    const isMine = isBegun ? await save(intent, isAhead, run) : await ledger.begin(run.key, intent);
    if (!isMine) return { delivery, isBegun, isAhead };
    [isBegun, isAhead] = [true, false];
    const answer = await receiver.send(mail, address);
    delivery = settle(intent, address, answer, nowSec());
    isAhead = answer !== 'unanswered';
    react(answer, address, intent, run);
    if (typeof answer !== 'string' || isNoted) continue;
    run.mailed.push({ atSec: nowSec(), topic: delivery.topic }); // for the budget, once: it was taken, or may have been
    isNoted = true;
  }
  return { delivery, isBegun, isAhead };
}

/** Writes an intent: with an answer in it that is stored nowhere else, until the table takes it. */
async function save(intent: Delivery, isAhead: boolean, run: MailRun): Promise<true> {
  const { mailing, key } = run;
  const write = () => mailing.ledger.save(key, intent);
  await (isAhead ? lastingly(write, { wait: mailing.wait, isAlive: run.isAlive }) : write());
  return true;
}

function react(answer: Answer, address: string, delivery: Delivery, run: MailRun): void {
  if (answer === 'taken') {
    run.holds.take(address);
    return;
  }
  const refusal = answer === 'unanswered' ? ({ fault: 'weather', code: answer } as const) : answer;
  if (refusal.fault === 'reader') run.holds.refuse(address, refusal.code);
  if (refusal.fault === 'reader' || refusal.fault === 'ours') giveUp(delivery, address, refusal.code, run);
  else run.fail(new NotTakenError(refusal));
}

/** Names what goes to a reader no more by itself, or once an hour alone. */
function giveUp({ key }: Delivery, reader: string, code: string, { mailing }: MailRun): void {
  mailing.onGivenUp({ reader, code, message: key });
}
