import * as z from 'zod/mini';
import { arn } from '../stack/names.ts';
import type { IamModel } from './iam-model.ts';
import type { Access } from './policy.ts';

const rawEmail = z.object({
  Source: z.string(),
  Destinations: z.array(z.string()),
  ConfigurationSetName: z.optional(z.string()),
  RawMessage: z.object({ Data: z.union([z.instanceof(Uint8Array), z.string()]) }),
});

/** Headers are in front; in base64 a third more. */
const headerBytes = 16_384;

/**
 * Names the identities that an email uses. SES asks about the sender, the configuration set and, as long as it has
 * the account in its sandbox, where every account begins, about each recipient.
 * @throws when the call is of a kind that is not known here
 */
export function sesAccesses(
  operation: string,
  input: unknown,
  { senderIdentity }: Pick<IamModel, 'senderIdentity'>,
): readonly Access[] {
  if (operation !== 'SendRawEmail') throw new Error(`ses:${operation} is not known in infra/local/iam.`);
  const { Source, Destinations, ConfigurationSetName, RawMessage } = rawEmail.parse(input);
  const fromAddress = fromHeader(RawMessage.Data) ?? Source;
  const addresses = [fromAddress, Source, ...Destinations];
  const identities = new Set(addresses.map((address) => identityOf(address, senderIdentity)));
  const resources = [
    ...(ConfigurationSetName === undefined ? [] : [`configuration-set/${ConfigurationSetName}`]),
    ...[...identities].map((identity) => `identity/${identity}`),
  ];
  return resources.map((resource) => ({
    action: 'ses:SendRawEmail',
    resource: arn('ses', resource),
    fromAddress,
  }));
}

/** What SES knows an address by: the verified identity above it, or itself; its domain in small letters. */
function identityOf(address: string, verified: string | undefined): string {
  const domainAt = address.lastIndexOf('@') + 1;
  const domain = address.slice(domainAt).toLowerCase();
  const isOfDomain = verified !== undefined && (domain === verified || domain.endsWith(`.${verified}`));
  return isOfDomain ? verified : address.slice(0, domainAt) + domain;
}

/** The address of the From header of an email in MIME; the SDK has it as bytes, the wire in base64. */
function fromHeader(data: Uint8Array | string): string | undefined {
  const bytes =
    typeof data === 'string' ? Buffer.from(data.slice(0, headerBytes), 'base64') : Buffer.from(data);
  const [headers = ''] = bytes.toString('latin1').split(/\r?\n\r?\n/, 1);
  const unfolded = headers.replace(/\r?\n[ \t]+/g, ' ');
  const [, inBrackets, alone] = /^From:\s*(?:.*<([^<>]+)>|(\S+))\s*$/im.exec(unfolded) ?? [];
  return inBrackets ?? alone;
}
