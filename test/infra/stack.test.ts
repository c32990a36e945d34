import { Match, type Template } from 'aws-cdk-lib/assertions';
import { settings, synthesize } from './synthesize.ts';

jest.setTimeout(30_000);

let template: Template;
beforeAll(() => {
  template = synthesize().template;
});

it('tells the operator where Stripe is to send, where its secret goes and which table holds the records', () => {
  expect(Object.keys(template.findOutputs('*')).sort()).toEqual([
    'SigningSecretsArn',
    'TableName',
    'WebhookUrl',
  ]);
});

it('keeps the records whatever happens to the stack', () => {
  template.hasResource('AWS::DynamoDB::Table', {
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: Match.objectLike({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    }),
  });
});

it('has one way in: POST /stripe/webhook, no faster than the settings say', () => {
  const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route'));
  expect(routes.map(({ Properties }) => Properties.RouteKey)).toEqual(['POST /stripe/webhook']);
  template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
    DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
  });
});

it('gives the function that draws charts the memory, and so the computing, to draw them', () => {
  const functions = Object.values(template.findResources('AWS::Lambda::Function'));
  const alert = functions.find(
    ({ Properties }) => 'SES_CONFIGURATION_SET' in (Properties.Environment?.Variables ?? {}),
  );
  expect(alert?.Properties.MemorySize).toBeGreaterThanOrEqual(1024);
});

it('starts out with a signing secret that nobody knows', () => {
  template.hasResourceProperties('AWS::SecretsManager::Secret', {
    GenerateSecretString: Match.anyValue(),
    SecretString: Match.absent(),
  });
});

it('logs for as long as the settings say, and nothing of the body or the signature', () => {
  template.resourcePropertiesCountIs('AWS::Logs::LogGroup', { RetentionInDays: 30 }, 5);
  template.resourceCountIs('AWS::Logs::LogGroup', 5);
  const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
  const logged = Object.values<string>(JSON.parse(stage?.Properties.AccessLogSettings.Format));
  expect(logged).not.toContainEqual(expect.stringMatching(/header|body|input/i));
  expect(logged).toContain('$context.status');
});

it('has SES verify the domain, the one address, or nothing, as the settings say', () => {
  const verified = (senderIdentity: string) =>
    Object.values(
      synthesize({ ...settings, senderIdentity }).template.findResources('AWS::SES::EmailIdentity'),
    ).map(({ Properties }) => Properties.EmailIdentity);
  expect(verified('domain')).toEqual(['acme.test']);
  expect(verified('address')).toEqual(['billingwatch@acme.test']);
  expect(verified('existing')).toEqual([]);
});

it('sends mail encrypted or not at all', () => {
  template.hasResourceProperties('AWS::SES::ConfigurationSet', { DeliveryOptions: { TlsPolicy: 'REQUIRE' } });
});
