import { NewerVersionError } from '../../lib/domain/schema/stored-errors.ts';
import { isInfrastructureError } from '../../lib/infrastructure-error.ts';
import { DeadlineError } from '../../lib/queue/within-deadline.ts';
import { StateConflictError } from '../../lib/store/account/account-store.ts';
import { RecordConflictError } from '../../lib/store/record/record-store.ts';
import { awsAnswers } from '../fixtures/answers/aws-answers.ts';

it.each(awsAnswers)('is %# $service $name, $message: the fault of the $fault', ({ name, message, fault }) => {
  const error = Object.assign(new Error(message), { name, $metadata: {} });
  expect(isInfrastructureError(error)).toBe(fault === 'infrastructure');
});

it.each([
  new DeadlineError(),
  new RecordConflictError(),
  new StateConflictError(),
  new NewerVersionError('x', 2, 1),
])('knows ours that pass: %s', (error) => expect(isInfrastructureError(error)).toBe(true));

it.each([new TypeError('a defect'), new SyntaxError('no JSON'), 'no error', undefined])(
  'takes all else for the fault of the message: %s',
  (error) => expect(isInfrastructureError(error)).toBe(false),
);
