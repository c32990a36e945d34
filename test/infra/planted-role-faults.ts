/** What is changed in the text of the template, and what a function then hears. */
interface RoleFault {
  readonly fault: string;
  readonly before: string | RegExp;
  readonly after: string;
  readonly advice: string;
}

export const plantedRoleFaults: readonly RoleFault[] = [
  {
    fault: 'the sweep may not delete the pieces of a state of more than 300 KB',
    before:
      /"dynamodb:DeleteItem",(?="dynamodb:GetItem","dynamodb:PutItem"\],"Condition":\{[^}]*\["account#\*"\])/,
    after: '',
    advice: 'sweep may not dynamodb:DeleteItem on table/',
  },
  {
    fault: 'the webhook may not send events',
    before: /\{"Fn::GetAtt":\["DetectionEventsQueue\w+","Arn"\]\},(?=\{"Fn::GetAtt":\["IngestionUnreadable)/,
    after: '',
    advice: 'webhook may not sqs:SendMessage on BillingWatch-events.fifo. ',
  },
  {
    fault: 'the detector has a wrong key prefix',
    before: '["hour#*","due#*","accounts"]',
    after: '["hours#*","due#*","accounts"]',
    advice: 'detector may not dynamodb:PutItem on table/',
  },
  {
    fault: 'the sender has a capital letter in the policy',
    before: '"ses:FromAddress":"billingwatch@acme.test"',
    after: '"ses:FromAddress":"billingwatch@Acme.test"',
    advice: 'alert may not ses:SendRawEmail on configuration-set/',
  },
];
