import { createHmac } from 'node:crypto';
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { makeHandler } from '../../functions/webhook/handler.ts';
import { liveSecret } from '../fixtures/stripe-delivery.ts';
import type { Item } from './kept.ts';

type Webhook = ReturnType<typeof makeHandler>;

/* Ways in which our own code could break a promise to strangers and customers. A run that reports none checks nothing. */
export interface PlantedFault {
  readonly webhook?: (webhook: Webhook, nowSec: number, table: DynamoDBClient) => Webhook;
  /** Taken for secrets of ours, too. */
  readonly secrets?: readonly string[];
  readonly spoilItem?: (item: Item) => void;
}

const header = 'stripe-signature';

/** Takes a signature of any age: a captured delivery can be sent again for ever. */
const acceptOldSignature: PlantedFault = {
  webhook: (webhook, nowSec) => (request) => {
    const bytes = Buffer.from(request.body ?? '', request.isBase64Encoded ? 'base64' : 'utf8');
    const signed = (time: string) =>
      `t=${time},v1=${createHmac('sha256', liveSecret).update(`${time}.`).update(bytes).digest('hex')}`;
    const given = request.headers[header] ?? '';
    const isOurs = given === signed(/^t=(\d+)/.exec(given)?.[1] ?? '');
    return webhook(isOurs ? { ...request, headers: { [header]: signed(String(nowSec)) } } : request);
  },
};

/** Says in the log what it has got. */
const logBody: PlantedFault = {
  webhook: (webhook) => (request) => {
    process.stdout.write(`${JSON.stringify({ level: 'INFO', body: request.body })}\n`);
    return webhook(request);
  },
};

/** Says to the caller what it has got. */
const answerWithBody: PlantedFault = {
  webhook: (webhook) => async (request) => ({ ...(await webhook(request)), body: request.body ?? '' }),
};

/** Lets a failure out where the request is at fault. */
const failOnRubbish: PlantedFault = {
  webhook: (webhook) => async (request) => {
    const answer = await webhook(request);
    return answer.statusCode === 400 ? { statusCode: 500, body: 'try again' } : answer;
  },
};

/** Notes in the table who was refused. */
const writeForStrangers: PlantedFault = {
  webhook: (webhook, _nowSec, table) => async (request) => {
    const answer = await webhook(request);
    const Item = { pk: { S: 'refused' }, sk: { S: 'last' }, ttl: { N: '1' } };
    if (answer.statusCode === 400) await table.send(new PutItemCommand({ TableName: 'table', Item }));
    return answer;
  },
};

/** Takes a secret of the wrong shape: what anyone could guess. */
const takeAnySecret: PlantedFault = { secrets: ['secret', 'undefined'] };

/** Writes alerts that stay for ever. */
const forgetTtl: PlantedFault = {
  spoilItem: (item) => {
    if (item.pk?.S?.startsWith('alert#')) delete item.ttl;
  },
};

/** Each by its name, and what the report says of it. */
export const plantedFaults: readonly (readonly [name: string, fault: PlantedFault, says: RegExp])[] = [
  ['accepts an old signature', acceptOldSignature, /answered 200: replay: outside the tolerance/],
  ['logs a body', logBody, /^logged: /],
  ['answers with the body', answerWithBody, /answered with its own words/],
  ['fails on rubbish', failOnRubbish, /answered 500/],
  ['writes for strangers', writeForStrangers, /^[1-9]\d* accepted/],
  ['takes a secret of the wrong shape', takeAnySecret, /taken for signed: forged: secret guessed/],
  ['forgets the expiry of an item', forgetTtl, /kept for ever: alert#/],
];
