import type { Mail, Mailer } from '../../lib/message/email/mailer.ts';
import type { AlertStore } from '../../lib/store/alert/alert-store.ts';
import type { Invocations, Life } from './invocations.ts';

/** An email that SES took. */
interface Sending {
  readonly messages: readonly string[];
  /** Of the Lambda that sent it. */
  readonly life: Pick<Life, 'isDead'> | undefined;
  /** SES's answer came back. */
  isAnswered: boolean;
  /** Messages that this Lambda recorded as sent. */
  readonly recorded: Set<string>;
  /** A write by which this Lambda would have recorded it failed. */
  isRecordRefused: boolean;
}

export interface Repeats {
  /** By a Lambda that died between SES and the record, or an answer of SES that was lost. */
  readonly byCrash: readonly string[];
  /** By a refused write of the record, and of the note that takes its place. */
  readonly byRefusal: readonly string[];
  /** For no reason that is written down. */
  readonly unexplained: readonly string[];
}

export interface MailLog {
  readonly mailer: Mailer;
  /** The given store, watched: what becomes of the records of what was sent. */
  readonly store: AlertStore;
  /** How often a finding was mailed, in whatever kind of email. */
  timesMailed(findingId: string): number;
  /** How many emails of each kind there were. */
  kinds(): ReadonlyMap<string, number>;
  repeats(): Repeats;
}

/** A finding is mailed once, and once as resolved; a week is reported once. Each of these is one message. */
function messagesIn({ alertIds, tags, writtenAtSec }: Mail): readonly string[] {
  if (tags.kind === 'weekly') return [`weekly ${tags.mode} ${Math.floor(writtenAtSec / (7 * 86_400))}`];
  const kind = tags.kind === 'resolved' ? 'resolved' : 'alert';
  return alertIds.map((id) => `${kind} ${id}`);
}

/** Remembers each email that SES takes, who sent it and what became of its record, so that a repeat can be explained. */
export function mailLog(lambdas: Invocations, store: AlertStore): MailLog {
  const sendings: Sending[] = [];
  const kinds = new Map<string, number>();
  const mine = () => sendings.filter(({ life }) => life === lambdas.life());

  /** Notes whether these messages are now recorded by the Lambda that asks. */
  async function watched<Answer>(messages: readonly string[], write: Promise<Answer>): Promise<Answer> {
    const about = mine().filter((sending) => sending.messages.some((one) => messages.includes(one)));
    try {
      const answer = await write;
      for (const sending of about) for (const message of messages) sending.recorded.add(message);
      return answer;
    } catch (error) {
      for (const sending of about) sending.isRecordRefused = true;
      throw error;
    }
  }

  return {
    mailer: {
      async send(mail) {
        const sending: Sending = {
          messages: messagesIn(mail),
          life: lambdas.life(),
          isAnswered: false,
          recorded: new Set(),
          isRecordRefused: false,
        };
        await lambdas.call('SES', () => {
          const kind = mail.tags.kind ?? '';
          kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
          sendings.push(sending);
        });
        sending.isAnswered = true;
        return 'ses-1';
      },
    },
    store: {
      ...store,
      recordMailed: (alerts, nowSec) =>
        watched(
          alerts.map(({ finding }) => `alert ${finding.id}`),
          store.recordMailed(alerts, nowSec),
        ),
      recordOutcome: (key, outcome) => watched([`resolved ${key.id}`], store.recordOutcome(key, outcome)),
      releaseLease(turn, mailed) {
        const noted = mailed.flatMap(({ unrecorded = [] }) => unrecorded.map((id) => `alert ${id}`));
        const weekly = mailed.some(({ topic }) => topic === 'weekly')
          ? mine().flatMap(({ messages }) => messages.filter((one) => one.startsWith('weekly')))
          : [];
        return watched([...noted, ...weekly], store.releaseLease(turn, mailed));
      },
    },
    timesMailed: (id) => sendings.filter(({ messages }) => messages.includes(`alert ${id}`)).length,
    kinds: () => kinds,
    repeats() {
      const byCause = { byCrash: [], byRefusal: [], unexplained: [] } satisfies Record<string, string[]>;
      const found: Readonly<Record<keyof Repeats, string[]>> = byCause;
      const last = new Map<string, Sending>();
      for (const sending of sendings)
        for (const message of sending.messages) {
          const before = last.get(message);
          if (before !== undefined) found[causeOf(before, sending, message)].push(message);
          last.set(message, sending);
        }
      return found;
    },
  };
}

/** Why it was not known, when a message was sent again, that it had been sent before. */
function causeOf(before: Sending, again: Sending, message: string): keyof Repeats {
  if (before.life === again.life || before.recorded.has(message)) return 'unexplained';
  if (!before.isAnswered || before.life?.isDead) return 'byCrash';
  return before.isRecordRefused ? 'byRefusal' : 'unexplained';
}
