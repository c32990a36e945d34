import { gzipSync } from 'node:zlib';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { calibrationShape } from '../../../lib/domain/account/calibration.ts';
import { certificateShape } from '../../../lib/domain/account/certificate.ts';
import { billingEventSchema } from '../../../lib/domain/events/billing-event.ts';
import { parseBillingEvent } from '../../../lib/domain/events/parse-billing-event.ts';
import { alertSchema } from '../../../lib/domain/finding/alert.ts';
import { answerShape } from '../../../lib/domain/finding/answer.ts';
import { findingSchema, findingShape } from '../../../lib/domain/finding/finding.ts';
import { readStored, written } from '../../../lib/domain/schema/stored-shape.ts';
import { parseFinding } from '../../../lib/notify/parse-finding.ts';
import { sqsEventSender } from '../../../lib/queue/sqs-event-sender.ts';
import { sqsFindingQueue } from '../../../lib/queue/sqs-finding-queue.ts';
import {
  accountStateShape,
  decodeState,
  encodeState,
} from '../../../lib/store/account/account-state-codec.ts';
import { decodeAlert, encodeAlert } from '../../../lib/store/alert/alert-codec.ts';
import { arbitraryOf } from '../../fixtures/arbitrary-of.ts';

const runs = { numRuns: 60 };
const sqs = mockClient(SQSClient);
beforeEach(() => {
  sqs.reset();
  sqs.onAnyCommand().resolves({});
});

it('hands on every event as it was sent', async () => {
  const send = sqsEventSender(new SQSClient({}), 'https://sqs.example/events');
  const law = fc.asyncProperty(arbitraryOf(billingEventSchema), async (event) => {
    sqs.resetHistory();
    await send(event);
    const [call] = sqs.commandCalls(SendMessageCommand);
    expect(parseBillingEvent(call?.args[0].input.MessageBody ?? '')).toEqual(event);
  });
  await fc.assert(law, runs);
});

it('hands on every finding as it was sent', async () => {
  const send = sqsFindingQueue(new SQSClient({}), 'https://sqs.example/alerts');
  const law = fc.asyncProperty(arbitraryOf(findingSchema), async (finding) => {
    sqs.resetHistory();
    await send([finding]);
    const [call] = sqs.commandCalls(SendMessageBatchCommand);
    expect(parseFinding(call?.args[0].input.Entries?.[0]?.MessageBody ?? '')).toEqual(finding);
  });
  await fc.assert(law, runs);
});

it('gives back every alert as it was stored', () => {
  const law = fc.property(arbitraryOf(alertSchema), (alert) => {
    expect(decodeAlert(encodeAlert(alert))).toEqual(alert);
  });
  fc.assert(law, runs);
});

it.each([answerShape, certificateShape, calibrationShape])('gives back as it was stored: $what', (shape) => {
  const law = fc.property(arbitraryOf<typeof shape.schema>(shape.schema), (value) => {
    const text = JSON.stringify(written(value, shape.version));
    expect(readStored<typeof shape.schema>(shape, JSON.parse(text))).toEqual(value);
  });
  fc.assert(law, runs);
});

it('gives back every state of an account as it was stored', () => {
  const parts = fc.record({
    rest: arbitraryOf(accountStateShape.schema),
    calibration: arbitraryOf(calibrationShape.schema),
    findings: fc.array(arbitraryOf(findingShape.schema), { maxLength: 2 }),
  });
  const law = fc.property(parts, ({ rest, calibration, findings }) => {
    const state = decodeState(gzipSync(JSON.stringify({ ...rest, calibration, findings })));
    expect(state).toMatchObject({ calibration, findings });
    expect(decodeState(encodeState(state))).toEqual(state);
  });
  fc.assert(law, runs);
});
