import type { Fault, Refusal } from '../receiver.ts';

/** The sender and the reader of the email. */
interface Sent {
  readonly from: string;
  readonly reader: string;
}

/** By the text where a code has several, and by the code alone at the end; the first that matches. */
const rules: readonly {
  readonly code: RegExp;
  readonly text?: RegExp;
  readonly is: readonly [Fault, string?];
}[] = [
  { code: /^Throttling/, text: /maximum sending rate/i, is: ['weather', 'sending-rate'] },
  { code: /^(Throttling|LimitExceeded)/, text: /daily message quota/i, is: ['operator', 'daily-quota'] },
  { code: /^(Throttling|TooManyRequests|RequestLimitExceeded|RequestTimeout)/, is: ['weather'] },
  { code: /^MessageRejected$/, text: /paused|suspended/i, is: ['operator', 'sending-paused'] },
  { code: /^MessageRejected$/, text: /suppression|blacklist/i, is: ['reader', 'reader-suppressed'] },
  {
    code: /^InvalidParameterValue$/,
    text: /\b(address|domain|local name)\b/i,
    is: ['reader', 'reader-address'],
  },
  { code: /^InvalidParameter/, is: ['ours'] },
];

/**
 * Says whose fault it is that SES did not take an email. The same code stands for several: only its text separates a paused
 * account from a reader that is not verified (`test/fixtures/answers/ses-answers.ts` has what SES was seen to say). A text that
 * we do not know is the operator's: the email waits, and an alarm rings.
 * @returns undefined when there is no answer of SES: the email may have been taken
 */
export function sesRefusal(error: unknown, sent: Sent): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  if (isNeverSent(error)) return { fault: 'weather', code: 'not-connected' };
  const status = statusOf(error);
  if (status === undefined) return isUnsigned(error) ? { fault: 'operator', code: error.name } : undefined;
  if (status < 400) return undefined; // it was taken, and the answer broke off
  if (status >= 500) return isNamedBySes(error) ? { fault: 'weather', code: error.name } : undefined;
  const identities = /failed the check in region [^:]*:(.*)$/is.exec(error.message)?.[1];
  if (identities !== undefined) return unverified(identities.toLowerCase(), sent);
  if (isDeniedReader(error, sent)) return { fault: 'reader', code: 'reader-not-allowed' };
  const rule = rules.find(({ code, text }) => code.test(error.name) && (text?.test(error.message) ?? true));
  const [fault, code] = rule?.is ?? ['operator'];
  return { fault, code: code ?? error.name };
}

/** SES names all that failed, unless the list is too long: then it may be the sender. */
function unverified(identities: string, { from, reader }: Sent): Refusal {
  const isReaders = identities.includes(reader.toLowerCase()) && !identities.includes(from.toLowerCase());
  return isReaders
    ? { fault: 'reader', code: 'reader-not-verified' }
    : { fault: 'operator', code: 'sender-not-verified' };
}

/** In its sandbox SES asks for permission on the reader, too. */
function isDeniedReader({ name, message }: Error, { from, reader }: Sent): boolean {
  return name.startsWith('AccessDenied') && reader !== from && message.includes(`identity/${reader}'`);
}

/** No connection was made, so that SES has seen nothing of it. */
function isNeverSent(error: Error): boolean {
  const code = 'code' in error ? error.code : undefined;
  return (
    ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'].some((one) => one === code) ||
    /did not establish a connection/.test(error.message)
  );
}

/** A code of SES's own: a gateway's page says nothing of what became of the email behind it. */
function isNamedBySes({ name }: Error): boolean {
  return /^(ServiceUnavailable|Internal(Failure|Error|ServerError|ServiceError)|Throttling|RequestTimeout)/.test(
    name,
  );
}

/** Without credentials nothing is sent. */
function isUnsigned({ name }: Error): boolean {
  return name === 'CredentialsProviderError';
}

/** HTTP's status, where SES has answered. */
function statusOf(error: Error): number | undefined {
  if (!('$metadata' in error)) return undefined;
  const { httpStatusCode } = Object(error.$metadata);
  return typeof httpStatusCode === 'number' ? httpStatusCode : undefined;
}
