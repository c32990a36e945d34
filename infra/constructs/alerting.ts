import { Duration, Validations } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alertEnv } from '../../functions/alert/env.ts';
import { detectorSummaries, platformDetectorIds } from '../../lib/detectors/detector-summaries.ts';
import type { Config } from '../config.ts';
import { Clock } from './clock.ts';
import type { Feedback } from './feedback.ts';
import { FormerQueue } from './former-queue.ts';
import { MailSender } from './mail-sender.ts';
import type { RecordTable } from './record-table.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import { ServiceFunction } from './service-function.ts';
import { WorkQueue } from './work-queue.ts';

export interface AlertingProps {
  readonly config: Config;
  readonly records: RecordTable;
  readonly feedback: Feedback;
  readonly topic: ITopic;
}

const timeout = Duration.seconds(60); // an email of thousands of alerts on the slowest day of SES, and some quick ones

/** The alerts queue and the function that makes each finding an email, once. */
export class Alerting extends Construct {
  readonly alerts: WorkQueue;
  readonly functionName: string;

  constructor(scope: Construct, id: string, { config, records, feedback, topic }: AlertingProps) {
    super(scope, id);
    const mail = new MailSender(this, 'Mail', { config, topic });
    this.alerts = new WorkQueue(this, 'Alerts', {
      name: 'alerts',
      fifo: false,
      consumerTimeout: timeout,
      consumerName: 'alert',
      alarmAge: Duration.minutes(10),
      meaning: {
        waiting: 'Findings wait for the alert function: finance does not know yet.',
        dead: 'A finding can not be processed: finance was not alerted.',
      },
      topic,
    });
    const alert = new ServiceFunction(this, 'Alert', {
      name: 'alert',
      env: alertEnv,
      environment: {
        TABLE_NAME: records.tableName,
        ALERTS_QUEUE_URL: this.alerts.queue.queueUrl,
        ALERTS_DEAD_LETTERS_URL: this.alerts.deadLetters.queueUrl,
        FROM_ADDRESS: config.fromAddress,
        ROUTING: JSON.stringify({
          finance: config.financeRecipients,
          platform: config.platformRecipients,
          platformDetectors: platformDetectorIds,
          routes: config.routes,
        }),
        SES_CONFIGURATION_SET: mail.configurationSetName,
        TIME_ZONE: config.timeZone,
        FEEDBACK_URL: feedback.pagesUrl,
        FEEDBACK_KEYS_ARN: feedback.keysArn,
        DIGEST_HOURS: config.digestHours.join(','),
        DETECTORS: JSON.stringify(detectorSummaries(config.detection)),
      },
      timeout,
      memorySizeMiB: 1024, // drawing is computing: the first chart takes half a second of this share of a core
      logRetention: config.logRetentionDays,
    });
    this.functionName = alert.function.functionName;
    records.grantAlerts(alert);
    records.grantFollowUp(alert);
    feedback.grantKeys(alert);
    mail.grantSend(alert);
    Validations.of(alert).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        "The account's quota of SES is asked for, which is no resource. All else names what it may use.",
    });

    this.alerts.feed(alert, { batchSize: 10, maxConcurrency: config.alertMaxConcurrency });

    new FormerQueue(this, 'Unmailed', {
      name: 'unmailed-findings',
      consumer: alert,
      deadLetters: this.alerts.deadLetters,
    });

    new Clock(this, 'Clock', { every: Duration.minutes(1), target: alert, purpose: 'mails what is due' });
    new RunbookAlarm(this, 'alerts-unsent', {
      meaning:
        'Alert emails could not be sent, minute after minute: finance does not know yet. Most often the sender is not verified, or SES has paused the account. They wait, and go out by themselves.',
      metric: alert.function.metricErrors({ period: Duration.minutes(10), statistic: 'sum' }),
      threshold: 5, // of ten: SES may have a bad minute
      topic,
    });
    new RunbookAlarm(this, 'emails-given-up', {
      meaning:
        'A reader does not get an email, and the others do. Most often SES has the account in its sandbox, and a recipient is not verified there. The log names the reader and why.',
      metric: new Metric({
        namespace: 'BillingWatch',
        metricName: 'GivenUpEmails',
        dimensionsMap: { service: 'alert' },
        period: Duration.hours(2), // it is counted once an hour, for as long as that is so
        statistic: 'sum',
      }),
      threshold: 1,
      topic,
    });
    new RunbookAlarm(this, 'alerts-stopped', {
      meaning: 'No run has checked for 10 minutes whether emails are due: groups and digests wait.',
      metric: alert.function.metricInvocations({ period: Duration.minutes(10), statistic: 'sum' }),
      threshold: 1,
      rings: 'below',
      topic,
    });
  }
}
