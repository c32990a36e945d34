import * as z from 'zod/mini';

const store = z.object({
  emails: z.array(
    z.object({
      subject: z.string(),
      destination: z.object({ to: z.array(z.string()) }),
      body: z.object({ text: z.optional(z.string()), html: z.optional(z.string()) }),
    }),
  ),
});

/** The emails sent so far, oldest first, from the embedded SES at `mailUrl`; or those from a second on. */
export async function readMailbox(mailUrl: string, sinceSec = 0) {
  const answer = await fetch(`${mailUrl}/store?since=${sinceSec}`);
  return store.parse(await answer.json()).emails;
}
