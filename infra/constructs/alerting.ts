import { Duration, Validations } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alertEnv } from '../../functions/alert/env.ts';
import { detectorSummaries, platformDetectorIds } from '../../lib/detectors/detector-summaries.ts';
import type { Config } from '../config.ts';
import { Clock } from './clock.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Feedback } from './feedback.ts';
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

/** The alerts queue and the function that makes each finding an email, once. */
export class Alerting extends Construct {
  readonly alerts: WorkQueue;

  constructor(scope: Construct, id: string, { config, records, feedback, topic }: AlertingProps) {
    super(scope, id);
    const deadLetters = new DeadLetterQueue(this, 'Unmailed', {
      name: 'unmailed-findings',
      fifo: false,
      meaning:
        'SES refuses an alert email for good: finance was not alerted. Most often SES has the account in its sandbox, and a recipient is not verified there.',
      topic,
    });
    Validations.of(deadLetters.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is a dead-letter queue; the alert function fills it, not another queue.',
    });
    const mail = new MailSender(this, 'Mail', { config, topic });
    const alert = new ServiceFunction(this, 'Alert', {
      name: 'alert',
      env: alertEnv,
      environment: {
        TABLE_NAME: records.tableName,
        FROM_ADDRESS: config.fromAddress,
        DEAD_LETTERS_URL: deadLetters.queue.queueUrl,
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
      timeout: Duration.seconds(60), // an email of thousands of alerts on the slowest day of SES, and some quick ones
      memorySizeMiB: 1024, // drawing is computing: the first chart takes half a second of this share of a core
      logRetention: config.logRetentionDays,
    });
    records.grantAlerts(alert);
    records.grantFollowUp(alert);
    feedback.grantKeys(alert);
    deadLetters.queue.grant(alert, 'sqs:SendMessage');
    mail.grantSend(alert);

    this.alerts = new WorkQueue(this, 'Alerts', {
      name: 'alerts',
      fifo: false,
      consumer: alert,
      consumerMaxConcurrency: config.alertMaxConcurrency,
      batchSize: 10,
      maxReceiveCount: 10, // an hour without the table is ridden out
      alarmAge: Duration.minutes(10),
      meaning: {
        waiting: 'Findings wait for the alert function: finance does not know yet.',
        dead: 'A finding was given up after 10 tries: finance was not alerted.',
      },
      topic,
    });

    new Clock(this, 'Clock', { every: Duration.minutes(1), target: alert, purpose: 'mails what is due' });
    new RunbookAlarm(this, 'alerts-unsent', {
      meaning: 'Alert emails could not be sent, minute after minute: finance does not know yet.',
      metric: alert.function.metricErrors({ period: Duration.minutes(10), statistic: 'sum' }),
      threshold: 5, // of ten: SES may have a bad minute
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
