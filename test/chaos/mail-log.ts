import type { AccountKey } from '../../lib/domain/events/billing-event.ts';
import type { Delivery } from '../../lib/domain/finding/delivery.ts';
import type { Receiver, Refusal } from '../../lib/notify/receivers/receiver.ts';
import type { DeliveryLedger } from '../../lib/store/delivery/delivery-ledger.ts';
import type { Invocations, Life } from './invocations.ts';

/** An email that SES took. */
interface Sending {
  readonly messages: readonly string[];
  /** Of the Lambda that sent it. */
  readonly life: Life | undefined;
  /** SES's answer came back. */
  isAnswered: boolean;
  /** Messages that this Lambda recorded as sent. */
  readonly recorded: Set<string>;
  /** A write by which this Lambda would have recorded it failed. */
  isRecordRefused: boolean;
}

export interface Repeats {
  /** Once, by a Lambda that died between SES and the record, or an answer of SES that was lost; or asked for by a person. */
  readonly byCrash: readonly string[];
  /** By a refused write of the record. */
  readonly byRefusal: readonly string[];
  /** For no reason that is written down. */
  readonly unexplained: readonly string[];
}

/** What SES says to a reader at a time; nothing when it takes all. */
export type SesWeather = (reader: string, nowSec: number) => Refusal | undefined;

export interface MailLog {
  readonly receiver: Receiver;
  /** The given ledger, watched: what becomes of the records of what was sent. */
  readonly ledger: DeliveryLedger;
  /** Whether a finding was mailed to a reader, in whatever kind of email. */
  isMailed(findingId: string, reader: string): boolean;
  /** How many emails of each kind there were. */
  kinds(): ReadonlyMap<string, number>;
  repeats(): Repeats;
  /** Messages that were sent though no intent was written before. */
  unannounced(): readonly string[];
  /** Called by a Lambda that a person invokes to have what is held back sent. */
  ask(): void;
}

/** A finding is mailed once to a reader, and once as resolved; a week is reported once. Each of these is one message. */
function messagesOf(
  kind: string,
  alerts: readonly string[],
  atSec: number,
  reader: string,
): readonly string[] {
  if (kind === 'weekly') return [`weekly ${Math.floor(atSec / (7 * 86_400))} ${reader}`];
  return alerts.map((id) => `${kind === 'resolved' ? kind : 'alert'} ${id} ${reader}`);
}

/** Remembers each email that SES takes, who sent it and what became of its record, so that a repeat can be explained. */
export function mailLog(
  lambdas: Invocations,
  ledger: DeliveryLedger,
  { nowSec, weather }: { readonly nowSec: () => number; readonly weather: SesWeather },
): MailLog {
  const sendings: Sending[] = [];
  const kinds = new Map<string, number>();
  const intended = new Set<string>();
  const unannounced: string[] = [];
  const asked = new Set<Life | undefined>();
  const mine = () => sendings.filter(({ life }) => life === lambdas.life());

  const messagesIn = ({ kind, alerts, plannedAtSec, readers }: Delivery, state: string): readonly string[] =>
    readers
      .filter((reader) => reader.state === state)
      .flatMap(({ address }) => messagesOf(kind, alerts, plannedAtSec, address));

  /** Notes what is now recorded by the Lambda that asks. */
  async function watched<Answer>(delivery: Delivery, write: Promise<Answer>): Promise<Answer> {
    const taken = messagesIn(delivery, 'taken');
    const about = mine().filter((sending) => sending.messages.some((one) => taken.includes(one)));
    try {
      const answer = await write;
      for (const message of messagesIn(delivery, 'sending')) intended.add(message);
      for (const sending of about) for (const message of taken) sending.recorded.add(message);
      return answer;
    } catch (error) {
      for (const sending of about) sending.isRecordRefused = true;
      throw error;
    }
  }

  return {
    receiver: {
      name: 'email',
      async send({ tags: { kind = '' }, alertIds, writtenAtSec }, reader) {
        const sending: Sending = {
          messages: messagesOf(kind, alertIds, writtenAtSec, reader),
          life: lambdas.life(),
          isAnswered: false,
          recorded: new Set(),
          isRecordRefused: false,
        };
        unannounced.push(...sending.messages.filter((message) => !intended.has(message)));
        const call = lambdas.call('SES', () => {
          const refusal = weather(reader, nowSec());
          if (refusal !== undefined) return refusal;
          kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
          sendings.push(sending);
          return 'taken' as const;
        });
        return call.then(
          (answer) => {
            sending.isAnswered = true;
            return answer;
          },
          (error: Error) =>
            /refused/.test(error.message) ? { fault: 'weather', code: 'ServiceUnavailable' } : 'unanswered',
        );
      },
      isAnswering: () =>
        lambdas
          .call('SES', () => true)
          .then(
            () => true,
            () => false,
          ),
    },
    ledger: {
      ...ledger,
      begin: (key: AccountKey, delivery) => watched(delivery, ledger.begin(key, delivery)),
      save: (key: AccountKey, delivery) => watched(delivery, ledger.save(key, delivery)),
    },
    isMailed: (id, reader) => sendings.some(({ messages }) => messages.includes(`alert ${id} ${reader}`)),
    kinds: () => kinds,
    unannounced: () => unannounced,
    ask: () => void asked.add(lambdas.life()),
    repeats() {
      const byCause = { byCrash: [], byRefusal: [], unexplained: [] } satisfies Record<string, string[]>;
      const found: Readonly<Record<keyof Repeats, string[]>> = byCause;
      const earlier = new Map<string, Sending[]>();
      for (const sending of sendings)
        for (const message of sending.messages) {
          const before = earlier.get(message) ?? [];
          if (before.length > 0)
            found[causeOf(before, sending, message, asked.has(sending.life))].push(message);
          earlier.set(message, [...before, sending]);
        }
      return found;
    },
  };
}

/** Why it was not known, when a message was sent again, that it had been sent before. */
function causeOf(
  before: readonly Sending[],
  again: Sending,
  message: string,
  isAsked: boolean,
): keyof Repeats {
  const last = before.at(-1);
  if (last === undefined || last.life === again.life || last.recorded.has(message)) return 'unexplained';
  if (before.length > 1 && !isAsked) return 'unexplained'; // by itself, once more at most
  if (!last.isAnswered || last.life?.isDead) return 'byCrash';
  return last.isRecordRefused ? 'byRefusal' : 'unexplained';
}
