import { readFileSync } from 'node:fs';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { logBytes } from '../contract/webhook-costs.ts';
import { settings, synthesize } from './synthesize.ts';

const runbook = readFileSync('docs/runbook.md', 'utf8');
let template: Template;
beforeAll(() => {
  template = synthesize().template;
});

it('outputs where Stripe is to send, where its secrets go, and what commands need', () => {
  expect(Object.keys(template.findOutputs('*')).sort()).toEqual([
    'AlertFunction',
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
      routes: ['POST /stripe/webhook', 'POST /stripe/webhook/{rest+}'], // with a slash at its end
      limits: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
    },
  ]);
});

it('passes the detection settings to every function that judges', () => {
  const detection = { ...settings.detection, off: ['churn-spike'] };
  const functions = Object.values(
    synthesize({ ...settings, detection }).template.findResources('AWS::Lambda::Function'),
  );
  const passedSettings = functions.flatMap(
    ({ Properties }) => Properties.Environment?.Variables?.SETTINGS ?? [],
  );
  expect(passedSettings).toEqual(Array(3).fill(JSON.stringify(detection))); // of detector, sweep and reconcile
  const detectors = functions.flatMap(({ Properties }) => Properties.Environment?.Variables?.DETECTORS ?? []);
  const off = JSON.parse(detectors[0]).filter(({ isOff }: { isOff: boolean }) => isOff);
  expect(off).toMatchObject([{ id: 'churn-spike' }]); // the week's report
});

it('gives the function that draws charts the memory, and so the computing, to draw them', () => {
  const functions = Object.values(template.findResources('AWS::Lambda::Function'));
  const alert = functions.find(
    ({ Properties }) => 'SES_CONFIGURATION_SET' in (Properties.Environment?.Variables ?? {}),
  );
  expect(alert?.Properties.MemorySize).toBeGreaterThanOrEqual(1024);
});

it('starts out with secrets that no one knows: of webhooks, of the links in emails, and for Stripe', () => {
  template.resourcePropertiesCountIs(
    'AWS::SecretsManager::Secret',
    { GenerateSecretString: Match.anyValue(), SecretString: Match.absent() },
    3,
  );
  template.hasResourceProperties('AWS::SecretsManager::Secret', {
    GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
  });
});

it('passes the alert function the address where alerts are answered', () => {
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
  for (const format of accessLogFormats()) {
    expect(format).not.toMatch(/header|body|input|path/i);
    expect(format).toContain('$context.status');
  }
});

it('writes at most 60 bytes of access log a usual request, in five fields that the runbook names', () => {
  const usual = new Map([
    ['requestId', 'JKJaXmPLvHcESHA='],
    ['identity.sourceIp', '255.255.255.255'],
    ['status', '200'],
    ['responseLatency', '1234'],
  ]);
  for (const format of accessLogFormats()) {
    const line = format.replace(/\$context\.([\w.]+)/g, (_all, name: string) => usual.get(name) ?? '-');
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(60);
    expect(Buffer.byteLength(line) + 26).toBe(logBytes.webhook); // what the costs in the docs reckon with
    expect(line.split(' ')).toEqual([...usual.values(), '"-"']);
  }
  const filters = [...runbook.matchAll(/vendedlogs.*--filter-pattern '(.*?)'/g)].map(([, filter]) => filter);
  expect(filters.length).toBeGreaterThan(1);
  for (const filter of filters) expect(filter).toMatch(/^\[id, ip, status = [45]\*, ms, error\]$/);
});

it('has Lambda write JSON and no line about an invocation that went well', () => {
  const functions = Object.values(template.findResources('AWS::Lambda::Function'));
  expect(functions).toHaveLength(6);
  for (const { Properties } of functions)
    expect(Properties.LoggingConfig).toMatchObject({
      LogFormat: 'JSON',
      SystemLogLevel: 'WARN',
      ApplicationLogLevel: 'INFO',
    });
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

it('leaves a verified sender to SES when the setting changes or the stack goes, but takes back what a failed deployment made', () => {
  for (const senderIdentity of ['domain', 'address'])
    synthesize({ ...settings, senderIdentity }).template.hasResource('AWS::SES::EmailIdentity', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
});

it('mails under one spelling of a domain, whatever letters the settings write it in', () => {
  const fromAddress = 'billingwatch@ACME.Test';
  const { template: shouted } = synthesize({ ...settings, fromAddress });
  expect(JSON.stringify(shouted.toJSON())).not.toContain('ACME.Test');
  expect(Object.keys(shouted.findResources('AWS::IAM::Policy')).length).toBeGreaterThan(0);
  expect(shouted.findResources('AWS::IAM::Policy')).toEqual(template.findResources('AWS::IAM::Policy'));
});

it('sends mail encrypted or not at all', () => {
  template.hasResourceProperties('AWS::SES::ConfigurationSet', { DeliveryOptions: { TlsPolicy: 'REQUIRE' } });
});

function accessLogFormats(): readonly string[] {
  const formats = Object.values(template.findResources('AWS::ApiGatewayV2::Stage')).map(
    ({ Properties }) => Properties.AccessLogSettings.Format,
  );
  expect(formats).toHaveLength(2);
  return formats;
}
