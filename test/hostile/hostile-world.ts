import { isDeepStrictEqual } from 'node:util';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { makeHandler as makeAlert } from '../../functions/alert/handler.ts';
import { makeHandler as makeDetector } from '../../functions/detector/handler.ts';
import { makeHandler as makeFeedback } from '../../functions/feedback/handler.ts';
import { makeHandler as makeSweep } from '../../functions/sweep/handler.ts';
import { makeHandler as makeWebhook } from '../../functions/webhook/handler.ts';
import { plainContext } from '../../lib/detectors/context.ts';
import { detectorSummaries } from '../../lib/detectors/detector-summaries.ts';
import { accountDetectors, eventDetectors } from '../../lib/detectors/registry.ts';
import { missedRenewal } from '../../lib/detectors/subscription/missed-renewal.ts';
import type { BillingEvent } from '../../lib/domain/events/billing-event.ts';
import type { Finding } from '../../lib/domain/finding/finding.ts';
import { type CustomerRecord, type PartName, partNames } from '../../lib/domain/record/customer-record.ts';
import { chartSvg } from '../../lib/message/chart/chart-svg.ts';
import { cleanFinding } from '../../lib/message/clean-finding.ts';
import type { Mail } from '../../lib/message/email/mail.ts';
import type { Answer } from '../../lib/notify/receivers/receiver.ts';
import type { ConsumerDeps } from '../../lib/queue/queue-consumer.ts';
import { sqsEventQueue } from '../../lib/queue/sqs-event-queue.ts';
import { dynamoAccountStore } from '../../lib/store/account/dynamo-account-store.ts';
import { dynamoAlertStore } from '../../lib/store/alert/dynamo-alert-store.ts';
import { dynamoAnswerStore } from '../../lib/store/alert/dynamo-answer-store.ts';
import { dynamoDeliveryLedger } from '../../lib/store/delivery/dynamo-delivery-ledger.ts';
import { decodePart, encodePart } from '../../lib/store/record/codec.ts';
import { dynamoRecordStore } from '../../lib/store/record/dynamo-record-store.ts';
import { dynamoRenewalCalendar } from '../../lib/store/renewal/dynamo-renewal-calendar.ts';
import { chaosTable } from '../chaos/chaos-table.ts';
import { acmeMailing } from '../fixtures/acme-mailing.ts';
import { memoryCertificateStore } from '../fixtures/memory/memory-certificate-store.ts';
import { memoryConsumer } from '../fixtures/memory/memory-consumer.ts';
import { receiverOf } from '../fixtures/receiver-of.ts';
import { liveSecret } from '../fixtures/stripe-delivery.ts';
import { feedbackKey } from './hostile-pages.ts';
import { hostileQueue } from './hostile-queue.ts';
import type { HttpRequest } from './hostile-request.ts';
import { itemsIn, type Kept, keptItem, neverExpires } from './kept.ts';
import type { PlantedFault } from './planted-faults.ts';
import { wrongInMail } from './wrong-in-mail.ts';

/**
 * All our Lambdas over a table and queues in memory, as an attacker would meet them.
 * @param planted a fault of our own, which a run must report
 */
export function hostileWorld(nowSec: number, planted: PlantedFault = {}) {
  const wrong: string[] = [];
  const kept: Kept[] = [];
  const acts = { verified: 0, queued: 0, setAside: 0, written: 0, findings: 0, mails: 0 };
  const onCall = (commandName: string, input: object): void => {
    if (!/^(Get|BatchGet|Query)/.test(commandName)) acts.written += 1;
    for (const item of itemsIn(input)) {
      planted.spoilItem?.(item);
      kept.push(keptItem(item));
      if (item.ttl === undefined && !neverExpires(item)) wrong.push(`kept for ever: ${item.pk?.S}`);
    }
  };
  const table = chaosTable({ call: async (_service, work) => work() }, onCall);
  const clock = () => nowSec;
  const records = dynamoRecordStore(table, 'table');
  const accounts = dynamoAccountStore(table, 'table');
  const calendar = dynamoRenewalCalendar(table, 'table');
  const alerts = dynamoAlertStore(table, 'table');
  const answers = dynamoAnswerStore(table, 'table');
  const events: string[] = [];
  const findings: string[] = [];
  const mailed = new Map<string, number>();

  const sqs = hostileQueue(({ QueueUrl = '', MessageBody = '' }) => {
    kept.push({ place: QueueUrl, text: MessageBody });
    if (QueueUrl === 'unreadable') acts.setAside += 1;
    else acts.queued += events.push(MessageBody) > 0 ? 1 : 0;
  });
  const metrics = new Metrics({ namespace: 'BillingWatch', serviceName: 'webhook' });
  const rightWebhook = makeWebhook(
    {
      signingSecrets: { live: async () => [liveSecret, ...(planted.secrets ?? [])] },
      queue: sqsEventQueue(sqs, { events: 'events', unreadable: 'unreadable' }),
      count: (what, reason) => {
        if (!['size', 'encoding', 'signature'].includes(reason)) acts.verified += 1;
        metrics.singleMetric().addMetadata('reason', reason).addMetric(what, 'Count', 1);
      },
      nowSec: clock,
    },
    new Logger({ serviceName: 'webhook' }),
  );
  const webhook = planted.webhook?.(rightWebhook, nowSec, table) ?? rightWebhook;

  const sendFindings = async (some: readonly Finding[]): Promise<void> => {
    acts.findings += some.length;
    findings.push(...some.map((finding) => JSON.stringify(finding)));
    kept.push({ place: 'alerts', text: JSON.stringify(some) });
  };
  const checkedRecords = {
    ...records,
    async save(...[key, loaded, after]: Parameters<typeof records.save>) {
      if (!survives(after)) wrong.push(`a record does not survive: ${JSON.stringify(key)}`);
      await records.save(key, loaded, after);
    },
  };
  const logger = new Logger({ serviceName: 'detector' });
  const consumer: ConsumerDeps = {
    ...memoryConsumer(),
    log: (message, facts) => logger.error(message, { ...facts }),
  };
  const detector = makeDetector({
    pipeline: {
      detectors: eventDetectors,
      store: checkedRecords,
      contextOf: async () => plainContext,
      sendFindings,
    },
    inbox: { accounts, calendar },
    ...consumer,
  });
  const sweep = makeSweep(
    {
      store: accounts,
      detectors: accountDetectors,
      renewals: { calendar, store: records, detector: missedRenewal, off: [] },
      sendFindings,
    },
    clock,
    new Logger({ serviceName: 'sweep' }),
  );
  const alert = makeAlert(
    {
      store: alerts,
      answers,
      ledger: dynamoDeliveryLedger(table, 'table'),
      receiver: receiverOf(async (mail: Mail): Promise<Answer> => {
        acts.mails += 1;
        kept.push({ place: 'mail', text: [mail.subject, mail.text, mail.html].join('\n') });
        for (const id of mail.tags.kind === 'resolved' ? [] : mail.alertIds)
          mailed.set(id, (mailed.get(id) ?? 0) + 1);
        wrong.push(...(await wrongInMail(mail, acts.mails)));
        return 'taken';
      }),
      ...acmeMailing,
      onGivenUp: ({ code, message }) => void wrong.push(`an email was given up: ${message} ${code}`),
      nowSec: clock,
      slowestMailMs: 0,
      drawChart: async (finding: Finding) => {
        const svg = chartSvg(cleanFinding(finding), 'UTC') ?? '';
        if (/NaN|Infinity|undefined/.test(svg)) wrong.push(`a chart can not be drawn: ${finding.detector}`);
        return undefined;
      },
      feedbackLinks: async () => undefined,
      accounts,
      certificates: memoryCertificateStore(),
      records,
      detectors: detectorSummaries({ off: [] }),
      reportTo: ['finance@acme.example'],
    },
    consumer,
  );
  const context = { getRemainingTimeInMillis: () => 60_000 } as Parameters<typeof alert>[1];
  const pages = makeFeedback(
    {
      stores: { alerts, answers, records },
      keys: { live: async () => [feedbackKey] },
      timeZone: 'Europe/Berlin',
      nowSec: clock,
    },
    new Logger({ serviceName: 'feedback' }),
  );

  async function drain(
    bodies: string[],
    size: number,
    take: (batch: SQSRecord[]) => Promise<SQSBatchResponse>,
  ) {
    while (bodies.length > 0) {
      const some = bodies.splice(0, size);
      const { batchItemFailures } = await take(some.map(recordOf));
      for (const { itemIdentifier } of batchItemFailures)
        wrong.push(`given back: ${some[Number(itemIdentifier)]?.slice(0, 2_000)}`);
    }
  }

  return {
    acts,
    wrong,
    /** All that was put into the table and the queues, and all that was mailed, in the order of time. */
    kept,
    alerts,
    /** How often each finding was mailed, but for the news that it is over. */
    mailed,
    post: (request: HttpRequest) => webhook(request),
    visit: ({ method, ...request }: HttpRequest) =>
      pages({ ...request, requestContext: { http: { method } } } as Parameters<typeof pages>[0]),
    /** All that waits in the queues goes through the detector, the sweep and the mailing, ten at a time. */
    async settle(): Promise<void> {
      await drain(events, 10, (Records) => detector({ Records }, context));
      await sweep().catch((error: unknown) => wrong.push(`the sweep failed: ${error}`));
      await drain(findings, 10, (Records) => alert({ Records }, context));
      await alert({}, context).catch((error: unknown) => wrong.push(`the clock's turn failed: ${error}`));
    },
    async recordBytes(customer: string): Promise<string> {
      const { record } = await records.load({ account: 'self', livemode: true, customer });
      return partNames.map((name) => Buffer.from(encodePart(record[name])).toString('hex')).join(' ');
    },
  };
}

function recordOf(body: string, index: number): SQSRecord {
  const key: Partial<BillingEvent> = JSON.parse(body);
  const group = `${key.account}/${key.livemode}/${key.customer ?? index}`;
  const attributes = { MessageGroupId: group, ApproximateReceiveCount: '1' };
  return { messageId: String(index), body, attributes } as unknown as SQSRecord; // the fields that the handlers read
}

/** Whether what is read back is what was written. */
function survives(record: CustomerRecord): boolean {
  const plain = (part: CustomerRecord[PartName]) => new Map(JSON.parse(JSON.stringify([...part]))); // -0 is 0
  return partNames.every((name) =>
    isDeepStrictEqual(decodePart(encodePart(record[name])), plain(record[name])),
  );
}
