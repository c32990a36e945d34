import { Match, type Template } from 'aws-cdk-lib/assertions';
import { settings, synthesize } from './synthesize.ts';

let template: Template;
beforeAll(() => {
  template = synthesize().template;
});

it('tells the operator where Stripe is to send, where its secrets go, and what commands are told', () => {
  expect(Object.keys(template.findOutputs('*')).sort()).toEqual([
    'ReconcileFunction',
    'SigningSecretsArn',
    'StripeKeyArn',
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

it('has two ways in, each with its own address and its own limits: webhooks, and pages of alerts', () => {
  const found = (type: string) =>
    Object.values(template.findResources(`AWS::ApiGatewayV2::${type}`)).map(({ Properties }) => Properties);
  const doors = found('Stage').map(({ ApiId, DefaultRouteSettings }) => ({
    routes: found('Route')
      .filter((route) => route.ApiId.Ref === ApiId.Ref)
      .map(({ RouteKey }) => RouteKey),
    limits: DefaultRouteSettings,
  }));
  expect(doors).toEqual([
    {
      routes: ['GET', 'HEAD', 'POST'].map((method) => `${method} /alerts/{token}`),
      limits: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 100 },
    },
    {
      routes: ['POST /stripe/webhook'],
      limits: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
    },
  ]);
});

it('tells every function that judges what the operator wishes of detection', () => {
  const detection = { ...settings.detection, off: ['churn-spike'] };
  const functions = Object.values(
    synthesize({ ...settings, detection }).template.findResources('AWS::Lambda::Function'),
  );
  const told = functions.flatMap(({ Properties }) => Properties.Environment?.Variables?.SETTINGS ?? []);
  expect(told).toEqual([JSON.stringify(detection), JSON.stringify(detection)]); // of detector and sweep
});

it('gives the function that draws charts the memory, and so the computing, to draw them', () => {
  const functions = Object.values(template.findResources('AWS::Lambda::Function'));
  const alert = functions.find(
    ({ Properties }) => 'SES_CONFIGURATION_SET' in (Properties.Environment?.Variables ?? {}),
  );
  expect(alert?.Properties.MemorySize).toBeGreaterThanOrEqual(1024);
});

it('starts out with secrets that nobody knows: of webhooks, of the links in emails, and for Stripe', () => {
  template.resourcePropertiesCountIs(
    'AWS::SecretsManager::Secret',
    { GenerateSecretString: Match.anyValue(), SecretString: Match.absent() },
    3,
  );
  template.hasResourceProperties('AWS::SecretsManager::Secret', {
    GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
  });
});

it('tells the alert function where alerts are answered', () => {
  const variables = Object.values(template.findResources('AWS::Lambda::Function')).map(
    ({ Properties }) => Properties.Environment.Variables,
  );
  const alert = variables.find(({ POWERTOOLS_SERVICE_NAME }) => POWERTOOLS_SERVICE_NAME === 'alert');
  const feedback = variables.find(({ POWERTOOLS_SERVICE_NAME }) => POWERTOOLS_SERVICE_NAME === 'feedback');
  expect(JSON.stringify(alert.FEEDBACK_URL)).toMatch(/FeedbackApi.*ApiEndpoint.*\/alerts"/);
  expect(alert.FEEDBACK_KEYS_ARN).toEqual(feedback.FEEDBACK_KEYS_ARN);
});

it('logs for as long as the settings say, and nothing of the body, the signature or the token in a path', () => {
  template.resourcePropertiesCountIs('AWS::Logs::LogGroup', { RetentionInDays: 30 }, 8);
  template.resourceCountIs('AWS::Logs::LogGroup', 8);
  for (const { Properties } of Object.values(template.findResources('AWS::ApiGatewayV2::Stage'))) {
    const logged = Object.values<string>(JSON.parse(Properties.AccessLogSettings.Format));
    expect(logged).not.toContainEqual(expect.stringMatching(/header|body|input|path/i));
    expect(logged).toContain('$context.status');
  }
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
