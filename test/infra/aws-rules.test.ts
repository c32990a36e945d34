import { Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { type Synthesis, settings, synthesize } from './synthesize.ts';

let synthesis: Synthesis;
beforeAll(() => {
  synthesis = synthesize();
});

it("breaks none of AWS's rules", () => {
  expect(synthesis.violations).toEqual([]);
});

it('acknowledges four rules, each only where it does not fit, with its reason', () => {
  const acknowledged = synthesis.app.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries<string>(data));
  expect(acknowledged.sort()).toEqual([
    ...['', '/'].map(() => ['Annotation::AwsSolutions-APIG4', expect.stringContaining("Stripe's signature")]),
    ...['GET', 'HEAD', 'POST'].map(() => [
      'Annotation::AwsSolutions-APIG4',
      expect.stringContaining('The token in the path'),
    ]),
    ['Annotation::AwsSolutions-IAM5[Resource::*]', expect.stringContaining('quota of SES')],
    ['Annotation::AwsSolutions-SMG4', expect.stringContaining('would break the links')],
    ['Annotation::AwsSolutions-SMG4', expect.stringContaining('Only Stripe makes these keys')],
    ['Annotation::AwsSolutions-SMG4', expect.stringContaining('Only Stripe makes these secrets')],
    ['Annotation::AwsSolutions-SQS3', expect.stringContaining('the webhook fills it')],
  ]);
});

it('refuses to synthesise a resource that breaks a rule', () => {
  const addCarelessBucket = () =>
    synthesize(settings, (app) => {
      const stack = app.node.findChild('BillingWatch');
      if (stack instanceof Stack) new Bucket(stack, 'Careless');
    });
  expect(addCarelessBucket).toThrow('AwsSolutions-S10');
});

it('warns, but synthesises, while the addresses are the placeholders of a fresh clone', () => {
  jest.spyOn(console, 'error').mockImplementation();
  const { violations } = synthesize(cdkJson.context.billingwatch);
  expect(violations.map(({ description }) => description)).toEqual([
    expect.stringContaining('write your own addresses in cdk.json'),
  ]);
});
