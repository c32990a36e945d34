import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  CloudWatchDimensionSource,
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
} from 'aws-cdk-lib/aws-ses';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

export interface MailSenderProps {
  readonly config: Config;
  readonly topic: ITopic;
}

/** SES: who may send from our address, and what is known of mail that did not arrive. */
export class MailSender extends Construct {
  readonly configurationSetName: string;
  private readonly config: Config;

  constructor(scope: Construct, id: string, { config, topic }: MailSenderProps) {
    super(scope, id);
    this.config = config;
    this.verifySender();

    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE, // what customers pay travels encrypted or not at all
    });
    this.configurationSetName = configurationSet.configurationSetName;
    configurationSet.addEventDestination('Report', {
      destination: EventDestination.snsTopic(topic),
      events: undelivered,
    });
    configurationSet.addEventDestination('Count', {
      destination: EventDestination.cloudWatchDimensions([
        { source: CloudWatchDimensionSource.MESSAGE_TAG, name: dimension, defaultValue: 'none' },
      ]),
      events: undelivered,
    });

    new RunbookAlarm(this, 'mail-bounced', {
      meaning:
        'An alert email came back, or its address is on the suppression list of SES: someone in finance was not alerted. The SES report that comes with this names the address.',
      metric: this.count('Bounce'),
      threshold: 1,
      topic,
    });
    new RunbookAlarm(this, 'mail-complaint', {
      meaning:
        'Someone marked an alert email as spam: SES may stop mailing them, or stop our mail altogether.',
      metric: this.count('Complaint'),
      threshold: 1,
      topic,
    });
  }

  /** Sending, from our address alone. */
  grantSend(sender: IGrantable): void {
    const { fromAddress, financeRecipients, platformRecipients, routes } = this.config;
    const stack = Stack.of(this);
    const arn = (resource: string, resourceName: string) =>
      stack.formatArn({ service: 'ses', resource, resourceName });
    // While SES has the account in its sandbox, it asks for permission on the recipients too.
    const addresses = [
      fromAddress,
      ...financeRecipients,
      ...platformRecipients,
      ...routes.flatMap(({ to }) => to),
    ];
    const identities = new Set(addresses.flatMap(possibleIdentities));
    const resources = [
      arn('configuration-set', this.configurationSetName),
      ...[...identities].map((identity) => arn('identity', identity)),
    ];
    // A quota is no resource. It is asked for to know that SES answers at all, before an email is sent again.
    const quota = new PolicyStatement({ actions: ['ses:GetSendQuota'], resources: ['*'] });
    sender.grantPrincipal.addToPrincipalPolicy(quota);
    // One statement each: CDK puts them together, into as many policies as it takes for long lists of recipients.
    for (const resource of resources) {
      sender.grantPrincipal.addToPrincipalPolicy(
        new PolicyStatement({
          actions: ['ses:SendRawEmail'],
          resources: [resource],
          conditions: { StringEquals: { 'ses:FromAddress': fromAddress } },
        }),
      );
    }
  }

  /**
   * A verified sender is someone's click or DNS records: it stays when `senderIdentity` is changed or the stack is
   * deleted. CloudFormation can't make what is there already, so a deployment that fails takes back what it made, and
   * who comes back to an earlier identity writes `existing`.
   */
  private verifySender(): void {
    const identity = identityToVerify(this.config);
    if (identity === undefined) return;
    new EmailIdentity(this, 'Identity', { identity }).applyRemovalPolicy(
      RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    );
  }

  private count(metricName: string): Metric {
    return new Metric({
      namespace: 'AWS/SES',
      metricName,
      dimensionsMap: { [dimension]: this.configurationSetName },
      period: Duration.minutes(5),
      statistic: 'sum',
    });
  }
}

/** SES tags each email with its configuration set by itself. */
const dimension = 'ses:configuration-set';

const undelivered = [
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.RENDERING_FAILURE,
  EmailSendingEvent.DELIVERY_DELAY,
];

function identityToVerify(config: Config): Identity | undefined {
  if (config.senderIdentity === 'existing') return undefined;
  return config.senderIdentity === 'domain'
    ? Identity.domain(domainOf(config.fromAddress))
    : Identity.email(config.fromAddress);
}

/**
 * What SES may know an address by, whichever of them was verified: itself, its domain, the domains above that.
 * @example possibleIdentities('a@mail.acme.com') // ['a@mail.acme.com', 'mail.acme.com', 'acme.com']
 */
function possibleIdentities(address: string): readonly string[] {
  const labels = domainOf(address).split('.');
  const domains = labels.slice(0, -1).map((_label, index) => labels.slice(index).join('.'));
  return [address, ...domains];
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
