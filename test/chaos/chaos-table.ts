import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { Invocations } from './invocations.ts';

type Item = Record<string, AttributeValue>;

/** The inputs of the commands that our adapters send, as far as they are read here. */
interface Input {
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
}

/**
 * DynamoDB as our adapters use it (test/contract runs them against a real protocol server), in memory, so that
 * thousands of calls a second can be refused, lost, or be a Lambda's last.
 * @param onCall sees each command before it is done
 */
export function chaosTable(
  world: Pick<Invocations, 'call'>,
  onCall: (commandName: string, input: object) => void = () => undefined,
): DynamoDBClient {
  const items = new Map<string, Map<string, Item>>();
  const client = new DynamoDBClient({ region: 'eu-central-1', maxAttempts: 1 });
  const partition = (pk: string) =>
    items.get(pk) ?? items.set(pk, new Map()).get(pk) ?? new Map<string, Item>();
  const at = (key: Item) => partition(key.pk?.S ?? '').get(key.sk?.S ?? '');
  const put = (item: Item) => partition(item.pk?.S ?? '').set(item.sk?.S ?? '', item);
  const remove = (key: Item) => partition(key.pk?.S ?? '').delete(key.sk?.S ?? '');

  const commands: Readonly<Record<string, (input: Input) => object>> = {
    GetItemCommand: ({ Key = {} }) => ({ Item: at(Key) }),
    PutItemCommand: (input) => {
      const { Item = {} } = input;
      if (!holds(input, at(Item))) throw conditionFailed();
      put(Item);
      return {};
    },
    // ADD or DELETE tries :try, the only updates that we send
    UpdateItemCommand: ({ Key = {}, UpdateExpression = '', ExpressionAttributeValues: values = {} }) => {
      const names = new Set(at(Key)?.tries?.SS);
      for (const name of values[':try']?.SS ?? [])
        if (UpdateExpression.startsWith('ADD')) names.add(name);
        else names.delete(name);
      const tries = { SS: [...names] };
      put({ ...Key, tries });
      return { Attributes: { tries } };
    },
    DeleteItemCommand: (input) => {
      const { Key = {} } = input;
      if (!holds(input, at(Key))) throw conditionFailed();
      remove(Key);
      return {};
    },
    QueryCommand: ({ KeyConditionExpression = '', ExpressionAttributeValues: values = {} }) => {
      const from = KeyConditionExpression.includes('sk >= :from') ? (values[':from']?.S ?? '') : '';
      const all = [...partition(values[':pk']?.S ?? '')].filter(([sk]) => sk >= from);
      return { Items: all.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item) };
    },
    BatchGetItemCommand: ({ RequestItems = {} }) => {
      const [[table, request] = ['', {}]] = Object.entries(RequestItems);
      const { Keys = [] } = request as { Keys?: Item[] };
      return { Responses: { [table]: Keys.map(at).filter((item) => item !== undefined) } };
    },
    BatchWriteItemCommand: ({ RequestItems = {} }) => {
      for (const one of Object.values(RequestItems).flat() as {
        PutRequest?: { Item: Item };
        DeleteRequest?: { Key: Item };
      }[]) {
        if (one.PutRequest) put(one.PutRequest.Item);
        if (one.DeleteRequest) remove(one.DeleteRequest.Key);
      }
      return {};
    },
  };

  client.middlewareStack.add(
    (_next, context) => async (args) => {
      const command = commands[context.commandName ?? ''];
      if (command === undefined) throw new Error(`The table of this test knows no ${context.commandName}.`);
      const input = args.input as Input;
      onCall(context.commandName ?? '', input);
      const output = await world.call(`DynamoDB ${prefixIn(input)}`, () => command(input));
      return { output: { $metadata: {}, ...output }, response: {} };
    },
    { step: 'initialize' }, // 'high' is for what is put in front of it
  );
  return client;
}

/** The beginning of the partition key that a call is about, such as `hour#`. */
function prefixIn({ Item, Key, ExpressionAttributeValues: values, RequestItems }: Input): string {
  const key =
    (Item ?? Key)?.pk?.S ??
    values?.[':pk']?.S ??
    /"pk":\{"S":"([^"]*)"/.exec(JSON.stringify(RequestItems))?.[1];
  return /^[^#]*#?/.exec(key ?? '')?.[0] ?? '';
}

function conditionFailed(): Error {
  return new ConditionalCheckFailedException({ message: 'The condition does not hold.', $metadata: {} });
}

/** The conditions that our adapters write, and no other. */
function holds(input: Input, item: Item | undefined): boolean {
  const { ConditionExpression: condition, ExpressionAttributeValues: values = {} } = input;
  if (condition === undefined) return true;
  return condition.split(' OR ').some((one) => {
    if (one === 'attribute_not_exists(pk)') return item === undefined;
    const [, name = '', value = ''] = /^(#?\w+) = (:\w+)$/.exec(one) ?? [];
    const attribute = input.ExpressionAttributeNames?.[name] ?? name;
    if (attribute === '') throw new Error(`The table of this test can not read ${condition}.`);
    const [is, wanted] = [item?.[attribute], values[value]];
    return item !== undefined && is?.N === wanted?.N && is?.S === wanted?.S;
  });
}
