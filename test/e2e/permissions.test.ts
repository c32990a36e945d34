import type { LocalSystem } from '../../infra/local/local-system.ts';
import { readMailbox } from '../../infra/local/mailbox.ts';
import { postWebhook, postWebhooks } from '../../infra/local/post-webhooks.ts';
import { freshBuild } from '../../infra/local/stack/fresh-build.ts';
import { changedAssembly } from '../fixtures/changed-assembly.ts';
import { startFreshSystem } from '../fixtures/start-fresh-system.ts';
import { draftInvoiceEvent, liveSecret } from '../fixtures/stripe-delivery.ts';
import { until } from '../fixtures/until.ts';

/*
 * The servers on this machine ask the synthesized policies, as IAM does. A fault that is planted in them shows here, and
 * the calls go to a real bundle's own clients.
 */

let running: { readonly system: LocalSystem; readonly remove: () => void } | undefined;
afterEach(async () => {
  await running?.system.stop();
  running?.remove();
  running = undefined;
});

async function startChanged(change: (template: string) => string) {
  const denied: string[] = [];
  const { folder, remove } = changedAssembly(await freshBuild(() => undefined), change);
  const system = await startFreshSystem({
    assembly: folder,
    onDenied: (advice) => denied.push(advice),
    visibilityTimeoutSec: 1,
  });
  running = { system, remove };
  return { system, denied, target: { url: system.webhookUrl, signingSecret: liveSecret } };
}

const nowSec = Math.floor(Date.now() / 1000);

/** A draft each month, the last of them ten times the usual. */
const spike = [6, 5, 4, 3, 2, 1, 0].map((ago) => {
  const created = nowSec - ago * 30 * 86_400;
  const amount = ago === 0 ? 410_000 : 41_000;
  return draftInvoiceEvent(
    { id: `evt_${ago}`, created },
    { id: `in_${ago}`, customer: 'cus_spike', created, amount_due: amount, total: amount },
  );
});

it('answers 500 to a webhook whose function may not send to the events queue', async () => {
  const { system, denied, target } = await startChanged((template) =>
    template.replace(
      /\{"Fn::GetAtt":\["DetectionEventsQueue\w+","Arn"\]\},(?=\{"Fn::GetAtt":\["IngestionUnreadable)/,
      '',
    ),
  );
  const statuses = [];
  for (const event of spike.slice(0, 2)) statuses.push(await postWebhook(event, target));
  expect(statuses).toEqual([500, 500]);
  expect(denied).toEqual([
    'webhook may not sqs:SendMessage on BillingWatch-events.fifo. AWS would refuse it, too. Grant it in infra/constructs/ingestion.ts.',
  ]);
  expect(await system.counts()).toMatchObject({ webhooks: 0, emails: 0 });
});

it('refuses a detector its records when its policy names another kind of key', async () => {
  const { denied, target } = await startChanged((template) =>
    template.replace('["customer#*","recent#*"]', '["costumer#*","recent#*"]'),
  );
  await postWebhooks(spike.slice(0, 1), target);
  await until('a call is refused', () => denied.length > 0);
  expect(denied).toEqual([
    expect.stringMatching(
      /^detector may not dynamodb:Query on table\/Records\w+, keys customer#self#live#cus_spike\./,
    ),
  ]);
});

it('mails nothing when the sender is granted in other letters than the email has', async () => {
  const { system, denied, target } = await startChanged((template) =>
    template.replace(
      '"ses:FromAddress":"billingwatch@example.com"',
      '"ses:FromAddress":"billingwatch@Example.com"',
    ),
  );
  await postWebhooks(spike, target);
  await until('an email was refused', () => denied.length > 0);
  expect(denied.join()).toContain('alert may not ses:SendRawEmail on configuration-set/');
  expect(denied.join()).toContain('from billingwatch@example.com. ');
  expect(await readMailbox(system.mailUrl)).toEqual([]);
});
