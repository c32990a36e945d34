import { type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { Mailer } from '../message/email/mailer.ts';
import { mimeMessage } from '../message/email/mime-message.ts';

/** Sends with SES, in a configuration set, so that bounces and complaints are reported. */
export function sesMailer(
  client: SESClient,
  { from, configurationSet }: { readonly from: string; readonly configurationSet: string },
): Mailer {
  return {
    async send(mail) {
      const answer = await client.send(
        new SendRawEmailCommand({
          Source: from,
          Destinations: [...mail.to],
          RawMessage: { Data: await mimeMessage(mail, from) },
          ConfigurationSetName: configurationSet,
          Tags: Object.entries(mail.tags).map(([Name, Value]) => ({ Name, Value })),
        }),
      );
      return answer.MessageId ?? '';
    },
  };
}
