import {
  AccountSendingPausedException,
  ConfigurationSetDoesNotExistException,
  ConfigurationSetSendingPausedException,
  MailFromDomainNotVerifiedException,
  MessageRejected,
  SESServiceException,
} from '@aws-sdk/client-ses';

/**
 * Checks whether SES refuses the email itself: its bytes, its sender or its recipients (in the sandbox: an unverified
 * one). It would refuse it tomorrow, too. What a person can switch on again is worth waiting for: a paused account or
 * configuration set, a domain that is being verified.
 */
export function isPermanentRefusal(error: unknown): boolean {
  const passing = [
    AccountSendingPausedException,
    ConfigurationSetDoesNotExistException,
    ConfigurationSetSendingPausedException,
    MailFromDomainNotVerifiedException,
  ];
  if (passing.some((kind) => error instanceof kind)) return false;
  if (error instanceof MessageRejected) return true;
  return error instanceof SESServiceException && error.name === 'InvalidParameterValue';
}
