import { GetSendQuotaCommand, type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { Mail } from '../../../message/email/mail.ts';
import { mimeMessage } from '../../../message/email/mime-message.ts';
import type { Answer, Receiver } from '../receiver.ts';
import { sesRefusal } from './ses-refusal.ts';

interface Sender {
  readonly from: string;
  readonly configurationSet: string;
  readonly wait: (ms: number) => Promise<void>;
}

const rateTries = 3; //     the sandbox takes one email a second
const rateWaitMs = 1_100;

/**
 * Sends with SES, in a configuration set, so that bounces and complaints are reported.
 * @param client tries once: a second try of its own, after a first without an answer, could be a second email
 */
export function sesMailer(client: SESClient, { from, configurationSet, wait }: Sender): Receiver {
  const sendOnce = async (mail: Mail, reader: string): Promise<Answer> => {
    const Data = await mimeMessage(mail, from).catch(() => undefined);
    if (Data === undefined) return { fault: 'ours', code: 'not-built' };
    try {
      await client.send(
        new SendRawEmailCommand({
          Source: from,
          Destinations: [reader],
          RawMessage: { Data },
          ConfigurationSetName: configurationSet,
          Tags: Object.entries(mail.tags).map(([Name, Value]) => ({ Name, Value })),
        }),
      );
      return 'taken';
    } catch (error) {
      return sesRefusal(error, { from, reader }) ?? 'unanswered';
    }
  };
  return {
    name: 'email',
    async send(mail, reader) {
      let answer = await sendOnce(mail, reader);
      for (let tries = 1; tries < rateTries && codeOf(answer) === 'sending-rate'; tries += 1) {
        await wait(rateWaitMs);
        answer = await sendOnce(mail, reader);
      }
      // SES reads the header too: another reader's address in it may be the one that it can't read.
      return codeOf(answer) === 'reader-address' && mail.to.length > 1
        ? sendOnce({ ...mail, to: [reader] }, reader)
        : answer;
    },
    async isAnswering() {
      try {
        await client.send(new GetSendQuotaCommand({}));
        return true;
      } catch {
        return false;
      }
    },
  };
}

function codeOf(answer: Answer): string | undefined {
  return typeof answer === 'string' ? undefined : answer.code;
}
