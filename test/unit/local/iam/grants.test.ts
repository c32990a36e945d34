import { grantsFor, grantsIn } from '../../../../infra/local/iam/grants.ts';
import type { Access, Statement } from '../../../../infra/local/iam/policy.ts';

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/Records';
const onKeys = (keys: string[], actions: string[] = ['dynamodb:BatchWriteItem']): Statement => ({
  Effect: 'Allow',
  Action: actions,
  Resource: [table],
  Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } },
});
const write = (...leadingKeys: string[]): Access => ({
  action: 'dynamodb:BatchWriteItem',
  resource: table,
  leadingKeys,
});

it('names each action on each resource and key pattern once', () => {
  expect(grantsIn([onKeys(['a#*', 'b'], ['dynamodb:GetItem', 'dynamodb:Query']), onKeys(['b'])])).toEqual([
    'dynamodb:BatchWriteItem on table/Records, keys b',
    'dynamodb:GetItem on table/Records, keys a#*',
    'dynamodb:GetItem on table/Records, keys b',
    'dynamodb:Query on table/Records, keys a#*',
    'dynamodb:Query on table/Records, keys b',
  ]);
});

it.each<[string, Statement[], Access, number]>([
  ['the key that is granted', [onKeys(['alert#*'])], write('alert#self'), 1],
  ['a key of another kind', [onKeys(['alert#*'])], write('answer#self'), 0],
  ['a key that only begins like it', [onKeys(['accounts'])], write('accounts#1'), 0],
  ['a star in the middle', [onKeys(['a#*#live'])], write('a#1#live'), 1],
  ['a dot, which is no wildcard', [onKeys(['a.b*'])], write('axb'), 0],
  ['a question mark, which is one character', [onKeys(['a#?'])], write('a#12'), 0],
  ['a line feed in a key', [onKeys(['a#*'])], write('a#\n1'), 1],
  ['several keys, all granted', [onKeys(['a#*', 'b#*'])], write('a#1', 'b#1', 'a#2'), 2],
  ['several keys, one of them not granted', [onKeys(['a#*'])], write('a#1', 'b#1'), 0],
  ['several keys, granted by a statement each', [onKeys(['a#*']), onKeys(['b#*'])], write('a#1', 'b#1'), 0],
  ['no keys at all, which fit ForAllValues', [onKeys(['a#*'])], write(), 1],
  ['another action', [onKeys(['*'], ['dynamodb:PutItem'])], write('a'), 0],
  ['an action in other letters', [onKeys(['*'], ['DynamoDB:batchwriteitem'])], write('a'), 1],
  ['an action with a star', [onKeys(['*'], ['dynamodb:Batch*'])], write('a'), 1],
  ['another table', [onKeys(['*'])], { ...write('a'), resource: `${table}2` }, 0],
])('judges %s', (_what, statements, access, grants) => {
  expect(grantsFor(statements, access)).toHaveLength(grants);
});

it('allows an email from the granted address alone, letter by letter', () => {
  const resource = 'arn:aws:ses:us-east-1:000000000000:identity/acme.test';
  const statement: Statement = {
    Effect: 'Allow',
    Action: ['ses:SendRawEmail'],
    Resource: [resource],
    Condition: { StringEquals: { 'ses:FromAddress': ['billing@acme.test'] } },
  };
  const from = (fromAddress?: string) =>
    grantsFor([statement], { action: 'ses:SendRawEmail', resource, fromAddress }).length;
  expect([from('billing@acme.test'), from('billing@ACME.test'), from()]).toEqual([1, 0, 0]);
});
