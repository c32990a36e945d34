import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface PlatformTopicProps {
  readonly recipients: readonly string[];
}

/** Where alarms and undelivered mail are reported: an email to everyone who runs the system. */
export class PlatformTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: PlatformTopicProps) {
    super(scope, id);
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
    const ses = new ServicePrincipal('ses.amazonaws.com');

    // A bounce report quotes the subject of the email, hence a customer's name. It takes a key of our own: the one
    // that AWS manages for SNS can't be opened to the services, and an alarm that may not use it says nothing.
    const key = new Key(this, 'Key', {
      description: 'BillingWatch: alarms and reports of undelivered mail.',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY, // nothing is stored under it
    });
    for (const service of [cloudWatch, ses]) key.grant(service, 'kms:Decrypt', 'kms:GenerateDataKey*');

    this.topic = new Topic(this, 'Topic', {
      displayName: 'BillingWatch platform',
      masterKey: key,
      enforceSSL: true,
    });
    // A policy of our own (TLS only) takes the place of SNS's own, which let the account's alarms in.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    for (const recipient of props.recipients) this.topic.addSubscription(new EmailSubscription(recipient));
  }
}
