import {
  AccountSendingPausedException,
  ConfigurationSetDoesNotExistException,
  ConfigurationSetSendingPausedException,
  MailFromDomainNotVerifiedException,
  MessageRejected,
  SESServiceException,
} from '@aws-sdk/client-ses';

/**
 * SES says no to the email itself: its bytes, its sender or its recipients (in the sandbox: one that is not
 * verified). It would say the same tomorrow. What a person switches off and on again (a paused account or
 * configuration set, a domain that is being verified) is worth waiting for.
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
