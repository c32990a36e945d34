import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { feedbackEnv } from '../../functions/feedback/env.ts';
import type { Config } from '../config.ts';
import { PublicApi } from './public-api.ts';
import type { RecordTable } from './record-table.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import { ServiceFunction } from './service-function.ts';

export interface FeedbackProps {
  readonly config: Config;
  readonly records: RecordTable;
  readonly topic: ITopic;
}

/** Scanners of a mailing list open every link of an email at once; people are slower. */
const throttle = { ratePerSec: 20, burst: 100 };

/** Where finance answers alerts: the pages, and the key of the links that lead there. */
export class Feedback extends Construct {
  /** The token comes behind it. */
  readonly pagesUrl: string;
  readonly keysArn: string;

  constructor(scope: Construct, id: string, { config, records, topic }: FeedbackProps) {
    super(scope, id);
    this.keysArn = this.makeKeys().secretArn;
    const feedback = new ServiceFunction(this, 'Feedback', {
      name: 'feedback',
      env: feedbackEnv,
      environment: {
        TABLE_NAME: records.tableName,
        FEEDBACK_KEYS_ARN: this.keysArn,
        TIME_ZONE: config.timeZone,
      },
      timeout: Duration.seconds(20), // five tries at a record that the detector writes, too, on a slow day
      memorySizeMiB: 512, // a person waits for it
      logRetention: config.logRetentionDays,
    });
    records.grantFeedback(feedback);
    this.grantKeys(feedback);

    const api = new PublicApi(this, 'Api', {
      name: { api: `${Stack.of(this).stackName}-feedback`, accessLog: 'feedback-access' },
      paths: ['/alerts/{token}'],
      methods: [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST],
      target: feedback,
      throttle,
      authorisation: 'The token in the path is the authorisation: signed, for one alert, for 30 days.',
      logRetention: config.logRetentionDays,
    });
    this.pagesUrl = `${api.url}/alerts`;

    new RunbookAlarm(this, 'feedback-errors', {
      meaning: 'Finance can not answer alerts: the pages behind the links fail.',
      metric: api.stage.metricServerError({ period: Duration.minutes(15), statistic: 'sum' }),
      threshold: 3, // one or two may have met a moment of trouble, and people try again
      topic,
    });
  }

  /** Reading the keys: to sign links, or to open them. */
  grantKeys(grantee: IGrantable): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.keysArn] }),
    );
  }

  private makeKeys(): Secret {
    const secret = new Secret(this, 'Keys', {
      description:
        'BillingWatch: signs the links in alert emails. To roll it, put a new random text of 64 letters and a space before it; the old one may go after 30 days.',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'A rotation that puts a new key in the place of the old would break the links in 30 days of emails.',
    });
    return secret;
  }
}
