import { settings, synthesize } from './synthesize.ts';

/** What holds something that a deployment can't make again: data, secrets, addresses that others were given, keys. */
const lasting = [
  'AWS::DynamoDB::Table',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
  'AWS::KMS::Key',
  'AWS::SNS::Topic',
  'AWS::ApiGatewayV2::Api',
  'AWS::Logs::LogGroup',
];

/** By its logical id and its name: with another one, CloudFormation makes a new one and deletes what was there. */
function lastingIn(change: object): readonly string[] {
  const { template } = synthesize({ ...settings, ...change });
  return lasting.flatMap((type) =>
    Object.entries(template.findResources(type)).map(([id, { Properties = {} }]) =>
      [id, Properties.QueueName, Properties.LogGroupName, Properties.TableName, Properties.Name].join(' '),
    ),
  );
}

const unchanged = lastingIn({});

const changes: readonly [keyof typeof settings, unknown][] = [
  ['fromAddress', 'other@elsewhere.test'],
  ['senderIdentity', 'address'],
  ['senderIdentity', 'existing'],
  ['financeRecipients', ['zoe@acme.test']],
  ['platformRecipients', ['zoe@acme.test']],
  ['routes', []],
  ['digestHours', []],
  ['timeZone', 'UTC'],
  ['logRetentionDays', 90],
  ['webhookRatePerSec', 10],
  ['webhookBurst', 10],
  ['webhookSilenceHours', 12],
  ['webhookReservedConcurrency', 50],
  ['detectorMaxConcurrency', 50],
  ['alertMaxConcurrency', 50],
  ['detection', { ...settings.detection, off: ['amount-spike'] }],
];

it.each(changes)('replaces and deletes nothing that lasts when %s becomes %j', (setting, value) => {
  expect(unchanged.length).toBeGreaterThan(15);
  expect(lastingIn({ [setting]: value })).toEqual(unchanged);
});

it('tries every setting', () => {
  expect(new Set(changes.map(([setting]) => setting))).toEqual(new Set(Object.keys(settings)));
});
