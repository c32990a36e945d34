import { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { detectorEnv } from '../../functions/detector/env.ts';
import type { Config } from '../config.ts';
import type { RecordTable } from './record-table.ts';
import { ServiceFunction } from './service-function.ts';
import { WorkQueue } from './work-queue.ts';

export interface DetectionProps {
  readonly config: Config;
  readonly records: RecordTable;
  readonly alerts: WorkQueue;
  readonly topic: ITopic;
}

const timeout = Duration.seconds(10);

/** The events queue and the detector that judges each event against its customer's record. */
export class Detection extends Construct {
  readonly events: WorkQueue;

  constructor(scope: Construct, id: string, { config, records, alerts, topic }: DetectionProps) {
    super(scope, id);
    this.events = new WorkQueue(this, 'Events', {
      name: 'events',
      fifo: true,
      consumerTimeout: timeout,
      consumerName: 'detector',
      alarmAge: Duration.minutes(2),
      meaning: {
        waiting:
          'Events wait for the detector: alerts are late, and a draft invoice may be charged before finance knows.',
        dead: 'An event can not be processed: it was judged by no detector.',
      },
      topic,
    });
    const detector = new ServiceFunction(this, 'Detector', {
      name: 'detector',
      env: detectorEnv,
      environment: {
        TABLE_NAME: records.tableName,
        ALERTS_QUEUE_URL: alerts.queue.queueUrl,
        EVENTS_QUEUE_URL: this.events.queue.queueUrl,
        EVENTS_DEAD_LETTERS_URL: this.events.deadLetters.queueUrl,
        SETTINGS: JSON.stringify(config.detection),
      },
      timeout,
      memorySizeMiB: 512, // it waits for the table, it does not compute
      logRetention: config.logRetentionDays,
    });
    records.grantRecords(detector);
    alerts.grantSend(detector);
    this.events.feed(detector, { batchSize: 10, maxConcurrency: config.detectorMaxConcurrency });
  }
}
