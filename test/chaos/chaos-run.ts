import { Logger } from '@aws-lambda-powertools/logger';
import type { SQSEvent } from 'aws-lambda';
import { makeHandler as makeAlert } from '../../functions/alert/handler.ts';
import { makeHandler as makeDetector } from '../../functions/detector/handler.ts';
import { makeHandler as makeSweep } from '../../functions/sweep/handler.ts';
import { makeHandler as makeWebhook } from '../../functions/webhook/handler.ts';
import type { StripeEvent } from '../../infra/local/demo/stripe-event.ts';
import { calibrations } from '../../lib/detect/calibrations.ts';
import { plainContext } from '../../lib/detectors/context.ts';
import { detectorSummaries } from '../../lib/detectors/detector-summaries.ts';
import { accountDetectors, eventDetectors } from '../../lib/detectors/registry.ts';
import { missedRenewal } from '../../lib/detectors/subscription/missed-renewal.ts';
import type { AccountKey } from '../../lib/domain/events/billing-event.ts';
import type { Finding } from '../../lib/domain/finding/finding.ts';
import type { GivenUp } from '../../lib/notify/mail-alerts.ts';
import { parseFinding } from '../../lib/notify/parse-finding.ts';
import type { HeldMessage } from '../../lib/queue/held-message.ts';
import { dynamoAccountStore } from '../../lib/store/account/dynamo-account-store.ts';
import { dynamoAlertStore } from '../../lib/store/alert/dynamo-alert-store.ts';
import { dynamoDeliveryLedger } from '../../lib/store/delivery/dynamo-delivery-ledger.ts';
import { dynamoRecordStore } from '../../lib/store/record/dynamo-record-store.ts';
import { dynamoRenewalCalendar } from '../../lib/store/renewal/dynamo-renewal-calendar.ts';
import { dynamoTryCounter } from '../../lib/store/tries/dynamo-try-counter.ts';
import { acmeMailing } from '../fixtures/acme-mailing.ts';
import { memoryAnswerStore } from '../fixtures/memory/memory-answer-store.ts';
import { memoryCertificateStore } from '../fixtures/memory/memory-certificate-store.ts';
import { seeded } from '../fixtures/seeded.ts';
import { liveSecret, signature } from '../fixtures/stripe-delivery.ts';
import { provenBy } from './chaos-events.ts';
import { chaosQueue } from './chaos-queue.ts';
import { chaosRoles } from './chaos-roles.ts';
import { chaosTable } from './chaos-table.ts';
import { type Faults, invocations, noFaults } from './invocations.ts';
import { mailLog, type SesWeather } from './mail-log.ts';
import type { PlantedFault } from './planted-faults.ts';
import { type Delivered, recordBytes } from './record-bytes.ts';
import { virtualWorld } from './virtual-world.ts';

export interface ChaosReport {
  readonly seed: number;
  readonly webhooks: number;
  /** Customers whose record is not, byte for byte, that of a quiet run. */
  readonly wrongRecords: readonly string[];
  /** Findings that were sent, or are proven by an event, and were never mailed. */
  readonly lost: readonly string[];
  /** Messages mailed twice for no reason that is written down, such as `alert <id> <reader>`. */
  readonly doubled: readonly string[];
  /** Messages mailed once more because a Lambda died, or SES's answer was lost, between SES and the record. */
  readonly doubledByCrash: readonly string[];
  /** Messages mailed twice because the table refused their record. */
  readonly doubledByRefusal: readonly string[];
  /** Messages sent though no intent was written before. */
  readonly unannounced: readonly string[];
  /** What the operator was alarmed about: the code and the reader. */
  readonly heldBack: ReadonlySet<string>;
  readonly findings: number;
  /** How many emails of each kind. */
  readonly mails: ReadonlyMap<string, number>;
  /** Given up by a queue, and handed back by an operator. */
  readonly redriven: number;
  /** Messages that can't be read and are not among the dead letters, for a person to look at. */
  readonly poisonLeft: readonly string[];
  readonly suffered: ReadonlyMap<string, number>;
}

export interface ChaosSettings {
  readonly seed: number;
  readonly events: readonly StripeEvent[];
  readonly faults: Faults;
  /** A fault of our own that the run must report. */
  readonly planted?: PlantedFault;
  /** Who gets the emails. @default finance */
  readonly readers?: readonly string[];
  /** What SES says, seconds after the first event. @default it takes all */
  readonly ses?: SesWeather;
}

const finance = 'finance@acme.example';

const threeDaysSec = 3 * 86_400;
const mostSkewSec = 5;
/** The next whole minute, or half hour, and a little more than clocks are wrong: so that no first minute of an hour is missed. */
const tickAfter = (nowSec: number, everySec: number) =>
  Math.floor(nowSec / everySec + 1) * everySec + 2 * mostSkewSec;
/** What no webhook of ours sends: a person's test message, say, or a newer release's. */
const poison = ['not json', '{}', 'null', '{"kind":"invoice_finalized"}'];
const logger = new Logger({ logLevel: 'SILENT' });

/**
 * Delivers webhooks late, twice and out of order to all our Lambdas, which die at any await while AWS refuses calls
 * and loses answers, and each may touch only what its role allows; then lets the operator hand back the dead letters in peace, and compares with a quiet run.
 */
export async function chaosRun({
  seed,
  events,
  faults,
  planted = () => ({}),
  readers = [finance],
  ses = () => undefined,
}: ChaosSettings): Promise<ChaosReport> {
  const draw = seeded(seed);
  const startSec = Math.min(...events.map(({ created }) => created));
  const world = virtualWorld(draw, startSec);
  const lambdas = invocations(world, draw, faults);
  const table = chaosTable(lambdas);
  const roles = await chaosRoles(table, 'table');
  const sent = new Set<string>();
  const { nowSec } = world;
  /** No two machines' clocks agree; AWS keeps its own within a second. */
  const lambdaSec = () => nowSec() + draw.integer(-mostSkewSec, mostSkewSec);

  const mails = mailLog(lambdas, dynamoDeliveryLedger(table, 'table'), {
    nowSec,
    weather: (reader, atSec) => ses(reader, atSec - startSec),
  });
  const store = dynamoAlertStore(table, 'table');
  const ground = { receiver: mails.receiver, ledger: mails.ledger, store };
  const heldBack = new Set<string>();
  const records = dynamoRecordStore(table, 'table');
  const accounts = dynamoAccountStore(table, 'table');
  const calendar = dynamoRenewalCalendar(table, 'table');
  const inbox = { accounts, calendar };
  const tries = dynamoTryCounter(table, 'table', nowSec);
  const returns = {
    delay: (held: readonly HeldMessage[]) => lambdas.call('SQS', () => work.delay(held)),
    giveUp: (held: HeldMessage) => lambdas.call('SQS', () => work.giveUp(held)),
  };

  const owed = new Set(provenBy(events));
  const sendFindings = async (findings: readonly Finding[]): Promise<void> => {
    for (const finding of findings)
      await lambdas.call('SQS', () => {
        sent.add(finding.id);
        alerts.send(JSON.stringify(finding));
      });
  };
  const mailing = {
    answers: memoryAnswerStore(),
    ...acmeMailing,
    ...ground,
    ...planted(ground),
    rules: { ...acmeMailing.rules, recipientsOf: () => readers },
    wait: () => world.pause(),
    onGivenUp: ({ code, reader, message }: GivenUp) => {
      heldBack.add(`${code} ${reader}`);
      if (code === 'unconfirmed') askLater(message);
    },
    nowSec: lambdaSec,
    slowestMailMs: 0,
    drawChart: async () => undefined,
    feedbackLinks: async () => undefined,
    accounts,
    certificates: memoryCertificateStore(),
    records,
    detectors: detectorSummaries({ off: [] }),
    reportTo: readers,
  };
  const asksFor = new Set<string>();
  /** An alarm rings; some hours later a person has it sent again. */
  const askLater = (message: string): void => {
    if (!asksFor.has(message)) world.at(nowSec() + 6 * 3_600, retry);
    asksFor.add(message);
  };
  const retry = (): void => {
    asksFor.clear();
    const asked = async () => {
      mails.ask();
      return alert({ retry: true }, context);
    };
    void lambdas.invoke(60, asked);
  };
  const context = { getRemainingTimeInMillis: () => 60_000 } as Parameters<ReturnType<typeof makeAlert>>[1];
  const alertReturns = {
    delay: (held: readonly HeldMessage[]) => lambdas.call('SQS', () => alerts.delay(held)),
    giveUp: (held: HeldMessage) => lambdas.call('SQS', () => alerts.giveUp(held)),
  };
  const alert = roles.as(
    'alert',
    makeAlert(mailing, { tries, returns: alertReturns, log: () => undefined, onWaiting: () => undefined }),
  );
  /** @param wanted ids of what it wants to send: owed to finance once the invocation says that all is well */
  const detect = (event: SQSEvent, wanted: string[]) => {
    const noted = (findings: readonly Finding[]) => {
      wanted.push(...findings.map(({ id }) => id));
      return sendFindings(findings);
    };
    const calibrationOf = calibrations(accounts, () => nowSec() * 1000);
    const contextOf = async (key: AccountKey) => ({ ...plainContext, calibration: await calibrationOf(key) });
    const pipeline = { detectors: eventDetectors, store: records, contextOf, sendFindings: noted };
    const handler = makeDetector({
      pipeline,
      inbox,
      tries,
      returns,
      log: () => undefined,
      onWaiting: () => undefined,
    });
    return roles.as('detector', handler)(event, context);
  };
  const renewals = { calendar, store: records, detector: missedRenewal, off: [] };
  const sweep = roles.as(
    'sweep',
    makeSweep({ store: accounts, detectors: accountDetectors, renewals, sendFindings }, lambdaSec, logger),
  );

  const alerts = chaosQueue(world, draw, {
    name: 'alerts',
    visibilitySec: 360,
    maxReceives: 1_000,
    batchSize: 10,
    concurrency: 2,
    doubled: 2,
    consume: (event) => lambdas.invoke(60, () => alert(event, context)),
  });
  const work = chaosQueue(world, draw, {
    name: 'events',
    visibilitySec: 60,
    maxReceives: 1_000,
    batchSize: 10,
    concurrency: 3,
    doubled: 0,
    consume: async (event) => {
      const mine: string[] = [];
      const answer = await lambdas.invoke(10, () => detect(event, mine));
      if (answer?.batchItemFailures.length === 0) for (const id of mine) owed.add(id);
      return answer;
    },
  });
  const queue = {
    send: (event: Delivered) =>
      lambdas.call('SQS', () => work.send(JSON.stringify(event), `${event.customer ?? event.id}`, event.id)),
    setAside: () => lambdas.call('SQS', () => undefined),
  };
  const webhook = makeWebhook(
    {
      signingSecrets: { live: () => lambdas.call('Secrets Manager', () => [liveSecret]) },
      queue,
      count: () => undefined,
      nowSec: lambdaSec,
    },
    logger,
  );

  let webhooks = 0;
  async function deliver(event: StripeEvent, tries: number): Promise<void> {
    webhooks += 1;
    const body = JSON.stringify(event);
    const headers = { 'stripe-signature': signature(body, nowSec()) };
    const answer = await lambdas.invoke(10, () => webhook({ body, headers, isBase64Encoded: false }));
    if (answer?.statusCode !== 200)
      world.at(nowSec() + Math.min(43_200, 60 * 4 ** tries), () => void deliver(event, tries + 1));
    else if (draw.chance(4))
      world.at(nowSec() + draw.integer(1, threeDaysSec), () => void deliver(event, tries));
  }
  for (const event of events) {
    const delaySec = draw.chance(10)
      ? draw.integer(0, draw.chance(20) ? threeDaysSec : 600)
      : draw.integer(0, 4);
    world.at(event.created + delaySec, () => void deliver(event, 0));
  }
  for (const body of poison) {
    const about = events[draw.integer(0, events.length - 1)];
    const group = String(Object(about?.data.object).customer ?? about?.id);
    if (about !== undefined) world.at(about.created, () => work.send(body, group));
  }
  const endSec = Math.max(...events.map(({ created }) => created)) + 6 * 86_400;
  for (let atSec = startSec; atSec < endSec; atSec += 6 * 3_600)
    world.at(atSec, () => void lambdas.invoke(240, () => sweep()));
  const isMailed = (id: string) => readers.every((reader) => mails.isMailed(id, reader));
  const tick = (): void => {
    const isAllMailed = [...sent].every(isMailed);
    if (nowSec() > endSec + (isAllMailed ? 0 : 2 * 86_400)) return;
    void lambdas.invoke(60, () => alert({}, context));
    world.at(tickAfter(nowSec(), isAllMailed && alerts.waiting() === 0 ? 1_800 : 60), tick);
  };
  world.at(tickAfter(startSec, 60), tick);
  await world.run();

  lambdas.setFaults(noFaults);
  const givenUp = work.deadLetters.splice(0);
  const given = givenUp.filter((body) => !poison.includes(body));
  const redriven = given.length + alerts.deadLetters.length;
  for (const body of given) {
    const event: Delivered = JSON.parse(body);
    work.send(body, `${event.customer ?? event.id}`);
  }
  await world.run();
  for (const body of alerts.deadLetters.splice(0)) alerts.send(JSON.stringify(parseFinding(body)));
  await world.run();
  retry();
  await world.run();
  for (let minutes = 0; minutes < 120; minutes += 1)
    world.at(nowSec() + 60 * minutes, () => void lambdas.invoke(60, () => alert({}, context)));
  await world.run();

  roles.assertNoneDenied();
  const { unexplained, byCrash, byRefusal } = mails.repeats();
  return {
    seed,
    webhooks,
    wrongRecords: await recordBytes(events, records),
    lost: [...new Set([...sent, ...owed])].filter((id) => !isMailed(id)),
    doubled: unexplained,
    doubledByCrash: byCrash,
    doubledByRefusal: byRefusal,
    unannounced: mails.unannounced(),
    heldBack,
    findings: sent.size,
    mails: mails.kinds(),
    redriven,
    poisonLeft: poison.filter((body) => !givenUp.includes(body)),
    suffered: lambdas.suffered,
  };
}
