import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type AnswerSubject, answerShape } from '../../domain/finding/answer.ts';
import { readStored, written } from '../../domain/schema/stored-shape.ts';
import { daySec } from '../../domain/time.ts';
import { accountName } from '../account-name.ts';
import { queryAll } from '../dynamo-batches.ts';
import type { AnswerStore } from './answer-store.ts';

/*
 * Keys:   pk = answer#<account>#<live|test>#<customer, or empty>   sk = <detector>#<alert's id>
 * Fields: d = the answer, as JSON   n = its count   ttl = Unix seconds
 */

/** How long an answer is stored: as long as the alert itself. */
const keptSec = 400 * daySec;

export function dynamoAnswerStore(client: DynamoDBClient, TableName: string): AnswerStore {
  return {
    async about(subject) {
      const items = await queryAll(client, TableName, { pk: partitionKey(subject) });
      const answers = items.map(({ d }) => readStored(answerShape, JSON.parse(d?.S ?? '')));
      return answers.filter(({ detector }) => detector === subject.detector);
    },

    async give(answer) {
      const before = answer.count - 1;
      const put = new PutItemCommand({
        TableName,
        Item: {
          pk: { S: partitionKey(answer) },
          sk: { S: `${answer.detector}#${answer.alert}` },
          d: { S: JSON.stringify(written(answer, answerShape.version)) },
          n: { N: String(answer.count) },
          ttl: { N: String(Math.max(answer.atSec, answer.untilSec ?? 0) + keptSec) },
        },
        ConditionExpression: before === 0 ? 'attribute_not_exists(pk)' : 'n = :before',
        ...(before === 0 ? {} : { ExpressionAttributeValues: { ':before': { N: String(before) } } }),
      });
      try {
        await client.send(put);
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}

function partitionKey(subject: AnswerSubject): string {
  return `answer#${accountName(subject)}#${subject.customer ?? ''}`;
}
