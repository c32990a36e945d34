import { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alertEnv } from '../../functions/alert/env.ts';
import type { Config } from '../config.ts';
import { MailSender } from './mail-sender.ts';
import type { RecordTable } from './record-table.ts';
import { ServiceFunction } from './service-function.ts';
import { WorkQueue } from './work-queue.ts';

export interface AlertingProps {
  readonly config: Config;
  readonly records: RecordTable;
  readonly topic: ITopic;
}

/** The alerts queue and the function that makes each finding an email, once. */
export class Alerting extends Construct {
  readonly alerts: WorkQueue;

  constructor(scope: Construct, id: string, { config, records, topic }: AlertingProps) {
    super(scope, id);
    const mail = new MailSender(this, 'Mail', { config, topic });
    const alert = new ServiceFunction(this, 'Alert', {
      name: 'alert',
      env: alertEnv,
      environment: {
        TABLE_NAME: records.tableName,
        FROM_ADDRESS: config.fromAddress,
        FINANCE_RECIPIENTS: config.financeRecipients.join(','),
        PLATFORM_RECIPIENTS: config.platformRecipients.join(','),
        SES_CONFIGURATION_SET: mail.configurationSetName,
        TIME_ZONE: config.timeZone,
      },
      timeout: Duration.seconds(30), // a claim, an email and its record on the slowest day of SES, and some quick ones
      memorySizeMiB: 1024, // rendering is computing
      logRetention: config.logRetentionDays,
    });
    records.grantClaims(alert);
    mail.grantSend(alert);

    this.alerts = new WorkQueue(this, 'Alerts', {
      name: 'alerts',
      fifo: false,
      consumer: alert,
      consumerMaxConcurrency: config.alertMaxConcurrency,
      batchSize: 5, // mailed one after the other: what there is no time for goes back, and a try is spent
      maxReceiveCount: 10, // half an hour without SES is ridden out
      alarmAge: Duration.minutes(10),
      meaning: {
        waiting: 'Findings wait to be mailed: finance does not know yet.',
        dead: 'A finding was given up after 10 tries: finance was not told.',
      },
      topic,
    });
  }
}
