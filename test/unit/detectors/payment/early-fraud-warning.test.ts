import { judgeAndLearn } from '../../../../lib/detect/pipeline.ts';
import { exampleFraudWarning } from '../../../../lib/detectors/examples/example-fraud-warning.ts';
import { earlyFraudWarning } from '../../../../lib/detectors/payment/early-fraud-warning.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { render } from '../../../../lib/message/email/render.ts';

const options = { nowSec: 1_767_400_000, timeZone: 'UTC', mailDomain: 'acme.example' };

function findingOf(event: ReturnType<typeof exampleFraudWarning>) {
  const [finding] = judgeAndLearn(event, emptyRecord, [earlyFraudWarning]).findings;
  if (finding === undefined) throw new Error('nothing was found');
  return finding;
}

it('is one finding a payment, under whatever event it comes', () => {
  const ids = ['evt_1', 'evt_2'].map((id) => findingOf({ ...exampleFraudWarning(0), id }).id);
  expect(new Set(ids).size).toBe(1);
  expect(findingOf(exampleFraudWarning(1)).id).not.toBe(ids[0]);
});

it('leads to the payment, and makes up neither an amount nor a customer', () => {
  const { subject, text } = render(findingOf(exampleFraudWarning(0)), options);
  expect(subject).toBe('High: a customer payment reported as fraud, a refund now prevents the dispute');
  expect(text).toContain('https://dashboard.stripe.com/payments/ch_0\n');
  expect(text).not.toMatch(/\$|guest|XXX/i);
});
