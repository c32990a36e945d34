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

/** An event that can't be processed holds up its customer: for five minutes, no more. */
const maxReceiveCount = 5;

/** The events queue and the detector that judges each event against its customer's record. */
export class Detection extends Construct {
  readonly events: WorkQueue;

  constructor(scope: Construct, id: string, { config, records, alerts, topic }: DetectionProps) {
    super(scope, id);
    const detector = new ServiceFunction(this, 'Detector', {
      name: 'detector',
      env: detectorEnv,
      environment: {
        TABLE_NAME: records.tableName,
        ALERTS_QUEUE_URL: alerts.queue.queueUrl,
        MAX_RECEIVE_COUNT: String(maxReceiveCount),
        SETTINGS: JSON.stringify(config.detection),
      },
      timeout: Duration.seconds(10),
      memorySizeMiB: 512, // it waits for the table, it does not compute
      logRetention: config.logRetentionDays,
    });
    records.grantRecords(detector);
    alerts.grantSend(detector);

    this.events = new WorkQueue(this, 'Events', {
      name: 'events',
      fifo: true,
      consumer: detector,
      consumerMaxConcurrency: config.detectorMaxConcurrency,
      batchSize: 10,
      maxReceiveCount,
      alarmAge: Duration.minutes(5),
      meaning: {
        waiting:
          'Events wait for the detector: alerts are late, and a draft invoice may be charged before anyone knows.',
        dead: `An event was given up after ${maxReceiveCount} tries: it was judged by no detector.`,
      },
      topic,
    });
  }
}
