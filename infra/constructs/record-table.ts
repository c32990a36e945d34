import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** What is known of each customer, and which findings were mailed. Encrypted, with the key that AWS owns: no charge. */
export class RecordTable extends Construct {
  readonly tableName: string;
  private readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'ttl',
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true, // the history can not be had again from Stripe in the same form
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.tableName = this.table.tableName;
  }

  /** A customer's record and recent events: queries, puts. Facts for the sweep: plain puts. And what the sweep learned. */
  grantRecords(detector: IGrantable): void {
    this.grant(detector, ['customer#*', 'recent#*'], ['dynamodb:Query', 'dynamodb:PutItem']);
    this.grant(detector, ['hour#*', 'due#*', 'accounts'], ['dynamodb:PutItem']);
    this.grant(detector, ['account#*'], ['dynamodb:GetItem']);
    this.grant(detector, ['try#*'], ['dynamodb:UpdateItem']);
  }

  /** The counts of all accounts, the renewals that are due, and what it made of them the last time. */
  grantSweep(sweep: IGrantable): void {
    this.grant(sweep, ['hour#*', 'due#*', 'accounts', 'customer#*'], ['dynamodb:Query']);
    // DeleteItem: the pieces of the state before, where a state takes several items (lib/store/account/state-pieces.ts).
    this.grant(sweep, ['account#*'], ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem']);
  }

  /** The counts of all accounts, and what of them has been compared with Stripe. */
  grantReconcile(reconcile: IGrantable): void {
    this.grant(reconcile, ['hour#*', 'accounts'], ['dynamodb:Query']);
    this.grant(reconcile, ['account#*'], ['dynamodb:GetItem', 'dynamodb:PutItem']);
  }

  /** What waits to be mailed, what was, who mails just now, and what people wish to hear no more of. */
  grantAlerts(mailer: IGrantable): void {
    this.grant(mailer, ['alert#*', 'delivery#*'], ['dynamodb:BatchGetItem']);
    this.grant(mailer, ['alert#*', 'mailed#*', 'outbox#*'], ['dynamodb:BatchWriteItem']); // a batch needs one statement
    this.grant(mailer, ['outboxes'], ['dynamodb:DeleteItem']);
    this.grant(mailer, ['alert#*', 'outboxes', 'turn#*'], ['dynamodb:GetItem']);
    this.grant(
      mailer,
      ['alert#*', 'deliveries', 'delivery#*', 'outbox#*', 'outboxes', 'turn#*'],
      ['dynamodb:PutItem'],
    );
    this.grant(
      mailer,
      ['answer#*', 'deliveries', 'delivery#*', 'mailed#*', 'outbox#*', 'outboxes'],
      ['dynamodb:Query'],
    );
  }

  /** An alert and what people say of it; and the customer's record, where what they say is heard. */
  grantFeedback(feedback: IGrantable): void {
    this.grant(feedback, ['alert#*'], ['dynamodb:GetItem', 'dynamodb:PutItem']);
    this.grant(feedback, ['answer#*', 'customer#*'], ['dynamodb:Query', 'dynamodb:PutItem']);
  }

  /** What became of what was mailed: read from the customers' records, and what is known of whole accounts. */
  grantFollowUp(mailer: IGrantable): void {
    this.grant(mailer, ['accounts', 'customer#*'], ['dynamodb:Query']);
    this.grant(mailer, ['account#*'], ['dynamodb:GetItem']);
  }

  /** On the items alone whose partition key is like `keys`: what the adapters in lib/store write. */
  private grant(grantee: IGrantable, keys: string[], actions: string[]): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions,
        resources: [this.table.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } },
      }),
    );
  }
}
