import type { IncomingHttpHeaders } from 'node:http';
import type { Service, ServiceCall } from './accesses-of.ts';

/** Reads the operation and its input from a request: SES speaks forms, the others JSON. */
export function serviceCall(service: Service, headers: IncomingHttpHeaders, body: Buffer): ServiceCall {
  if (service === 'ses') return formCall(new URLSearchParams(body.toString('latin1')));
  const operation = String(headers['x-amz-target']).split('.').at(-1) ?? '';
  return { service, operation, input: parsed(body.toString()) };
}

/** What is no JSON has no input: no call that is known here goes without one. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The query protocol numbers the members of lists: `Destinations.member.1=ann@acme.test`. */
function formCall(form: URLSearchParams): ServiceCall {
  const Destinations = [...form].flatMap(([name, value]) =>
    name.startsWith('Destinations.member.') ? [value] : [],
  );
  return {
    service: 'ses',
    operation: form.get('Action') ?? '',
    input: {
      Source: form.get('Source') ?? undefined,
      Destinations,
      ConfigurationSetName: form.get('ConfigurationSetName') ?? undefined,
      RawMessage: { Data: form.get('RawMessage.Data') ?? undefined },
    },
  };
}
