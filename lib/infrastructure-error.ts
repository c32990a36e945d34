import { NewerVersionError } from './domain/schema/stored-errors.ts';

/**
 * Thrown when the infrastructure does not do its part now: the same message may well be processed later. It is not the
 * message's fault, so it uses up none of the message's tries.
 */
export class InfrastructureError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InfrastructureError';
  }
}

/** Calls that AWS refuses because of what is in them: the same call is refused on every try. */
const refusedForContent: ReadonlyMap<string, RegExp> = new Map([
  ['ValidationException', /size .*(exceeded|exceeds)|exceeded the maximum|maximum allowed size/i],
  ['InvalidMessageContents', /./],
  ['BatchRequestTooLong', /./],
  ['InvalidParameterValue', /must be shorter than/i],
]);

/**
 * Separates an error of the infrastructure from one of the message itself. AWS's clients mark each error that passes through
 * them with `$metadata`: throttling, 5xx, time-outs, a refused permission, a missing table, a network without AWS. All of
 * these pass, by themselves or when an operator acts; what AWS refuses for its content does not, nor does our own defect.
 * `test/fixtures/answers/aws-answers.ts` has AWS's real answers.
 */
export function isInfrastructureError(error: unknown): boolean {
  if (error instanceof InfrastructureError || error instanceof NewerVersionError) return true;
  if (!(error instanceof Error) || !('$metadata' in error)) return false;
  return refusedForContent.get(error.name)?.test(error.message) !== true;
}
