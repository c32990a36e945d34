import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Finding } from '../../lib/domain/finding/finding.ts';
import { findingTap } from './finding-tap.ts';
import { startHttpApi } from './http-api.ts';
import { accessControl, type Denial } from './iam/access-control.ts';
import { guard } from './iam/guard.ts';
import { operatorCredentials } from './iam/operator-credentials.ts';
import { startEventSource } from './lambda/event-source.ts';
import { functionVariables } from './lambda/function-variables.ts';
import { startFunctions } from './lambda/start-functions.ts';
import { startSchedules } from './lambda/start-schedules.ts';
import { readMailbox } from './mailbox.ts';
import { createQueues } from './servers/create-queues.ts';
import { createTables } from './servers/create-tables.ts';
import { startEmbeddedServers } from './servers/embedded-servers.ts';
import { queueDepth } from './servers/queue-depth.ts';
import { startSecretsServer } from './servers/secrets-server.ts';
import { region } from './stack/names.ts';
import { type QueueModel, readStack, type StackModel } from './stack/read-stack.ts';
import { shortNameOf } from './stack/short-name-of.ts';

/** Environments a function and receivers a queue. On two cores one of each takes 360 webhooks/s, two take 310. */
const concurrency = Math.min(4, Math.ceil(availableParallelism() / 2));

const webhookPath = '/stripe/webhook';

export interface LocalSystemOptions {
  /** The folder `cdk synth` wrote. */
  readonly assembly: string;
  /** The port of the HTTP API; 0: any free one. */
  readonly port: number;
  /** The port of the mailbox; 0: any free one. */
  readonly mailPort: number;
  /** One or more `whsec_...`, separated by white space or commas. */
  readonly signingSecrets: string;
  /** Replaces the template's visibility time-outs, so that a test need not wait minutes for the next try. */
  readonly visibilityTimeoutSec?: number;
  /** Called once a finding, when it is handed to the function that mails it. */
  readonly onFinding: (finding: Finding) => void;
  /** Called once for each thing that a function's role does not allow and it tried, as AWS would refuse it, too. */
  readonly onDenied: (advice: string) => void;
  /** What the functions write, and what fails. */
  readonly log: (line: string) => void;
}

export interface Counts {
  /** Webhooks answered 2xx. */
  readonly webhooks: number;
  readonly findings: number;
  readonly emails: number;
  /** Messages in queues that no function empties. */
  readonly deadLetters: number;
}

export interface LocalSystem {
  readonly webhookUrl: string;
  /** A page for people; `GET /store` for programs. */
  readonly mailUrl: string;
  readonly sqs: SQSClient;
  readonly queues: readonly QueueModel[];
  counts(): Promise<Counts>;
  /** Runs what runs on a schedule, now. */
  fireSchedules(): Promise<void>;
  /** Resolves once no request, no invocation and no message is under way. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Runs a synthesized stack on this machine, all on loopback: its bundled functions, queues, tables and routes. */
export async function startLocalSystem(options: LocalSystemOptions): Promise<LocalSystem> {
  const servers = await startEmbeddedServers(options.mailPort);
  let webhooks = 0;
  const api = await startHttpApi(options.port, ({ path }, statusCode) => {
    if (path.startsWith(webhookPath) && statusCode < 300) webhooks += 1;
  });
  const stack = readStack(options.assembly, { sqs: servers.sqs, api: api.url });
  const client = { region, credentials: operatorCredentials };
  const sqs = new SQSClient({ ...client, endpoint: servers.sqs, md5: false });
  const dynamodb = new DynamoDBClient({ ...client, endpoint: servers.dynamodb });
  const denied = eachOnce(options.onDenied);
  const control = accessControl();
  control.enforce(stack.iam);
  const [secrets] = await Promise.all([
    startSecretsServer(secretsOf(stack, options.signingSecrets), (server) =>
      guard(server, 'secretsmanager', control, denied),
    ),
    servers.enforce(stack.iam, denied),
    createQueues(sqs, stack.queues, options.visibilityTimeoutSec),
    createTables(dynamodb, stack.tables),
  ]);

  const functions = await startFunctions(stack, {
    variablesOf: ({ name, environment }) =>
      functionVariables({ ...servers, secretsManager: secrets.url }, shortNameOf(name, environment)),
    concurrency,
    log: options.log,
  });
  const findings = findingTap(options.onFinding);
  const alertsUrl = stack.functions.map(({ environment }) => environment.ALERTS_QUEUE_URL).find(Boolean);
  const sources = stack.eventSources.map((source) =>
    startEventSource({
      ...source,
      sqs,
      concurrency,
      target: functions.of(source.target),
      onDelivery: source.queue.url === alertsUrl ? findings.see : () => undefined,
    }),
  );
  const schedules = startSchedules(
    stack.schedules.map((schedule) => ({ ...schedule, target: functions.of(schedule.target) })),
  );
  api.serve(stack.routes.map((route) => ({ ...route, target: functions.of(route.target) })));

  const workQueues = stack.eventSources.map(({ queue }) => queue);
  const deadEnds = stack.queues.filter((queue) => !workQueues.includes(queue));
  const busy = async () =>
    api.underWay() > 0 || functions.running() > 0 || (await queueDepth(sqs, workQueues)) > 0;
  return {
    webhookUrl: `${api.url}${webhookPath}`,
    mailUrl: servers.ses,
    sqs,
    queues: stack.queues,
    counts: async () => ({
      webhooks,
      findings: findings.seen(),
      emails: (await readMailbox(servers.ses)).length,
      deadLetters: await queueDepth(sqs, deadEnds),
    }),
    idle: async () => {
      // Twice: between two looks a message may have moved on to a queue that was looked at before.
      do await sleep(20);
      while ((await busy()) || (await busy()));
    },
    fireSchedules: schedules.fire,
    stop: async () => {
      schedules.stop();
      await Promise.all([api.stop(), ...sources.map((source) => source.stop())]);
      await Promise.all([functions.stop(), secrets.stop(), servers.stop()]);
    },
  };
}

/** Hands on the advice of each denial once, as a function tries again and again. */
function eachOnce(onDenied: (advice: string) => void): (denial: Denial) => void {
  const known = new Set<string>();
  return ({ message, advice }) => {
    if (known.has(message)) return;
    known.add(message);
    onDenied(advice);
  };
}

/** Stripe's secret under the name by which a function knows it, and a random one where CDK has one made. */
function secretsOf({ functions }: StackModel, signingSecrets: string): ReadonlyMap<string, string> {
  const feedbackKeys = randomBytes(32).toString('hex');
  const noKey = 'no key on this machine'; // without one of Stripe's, nothing is compared with it
  return new Map(
    functions.flatMap(({ environment: { SIGNING_SECRETS_ARN, FEEDBACK_KEYS_ARN, STRIPE_KEY_ARN } }) => [
      ...(SIGNING_SECRETS_ARN === undefined ? [] : [[SIGNING_SECRETS_ARN, signingSecrets] as const]),
      ...(FEEDBACK_KEYS_ARN === undefined ? [] : [[FEEDBACK_KEYS_ARN, feedbackKeys] as const]),
      ...(STRIPE_KEY_ARN === undefined ? [] : [[STRIPE_KEY_ARN, noKey] as const]),
    ]),
  );
}
