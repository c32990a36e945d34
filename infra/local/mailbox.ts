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

/** The emails sent so far, oldest first, from the embedded SES at `mailUrl`. */
export async function readMailbox(mailUrl: string) {
  const answer = await fetch(`${mailUrl}/store`);
  return store.parse(await answer.json()).emails;
}
