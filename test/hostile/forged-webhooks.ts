import fc from 'fast-check';
import { type Forge, forgedSignatures } from './forged-signatures.ts';
import { heavyBodies, hostileBodies } from './hostile-bodies.ts';
import type { HostileRequest, HttpRequest } from './hostile-request.ts';

type Form = 'text' | 'base64' | 'text said to be base64' | 'base64 said to be text';

/** How API Gateway hands a body over, and what a caller would like it to. */
const forms = fc.constantFrom<Form>('text', 'base64', 'text said to be base64', 'base64 said to be text');
const headerNames = fc.oneof(
  { weight: 9, arbitrary: fc.constant('stripe-signature') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('Stripe-Signature', 'stripe_signature', '__proto__', 'x-signature'),
  },
);

/** Webhooks that Stripe did not sign: all of them are answered 400, and nothing comes of them. */
export function forgedWebhooks(nowSec: number): fc.Arbitrary<HostileRequest> {
  const bodies = fc.oneof(
    { weight: 200, arbitrary: anyOf(hostileBodies) },
    { weight: 1, arbitrary: anyOf(heavyBodies) },
  );
  return fc.tuple(anyOf(forgedSignatures), bodies, forms, headerNames).map(([sign, body, form, name]) => ({
    door: 'webhook',
    kind: `forged: ${sign.name}, ${body.name}`,
    request: () => webhookRequest(body.made(), sign.made, form, name, nowSec),
    answers: [400],
    mayAct: false,
  }));
}

function webhookRequest(
  bytes: Buffer,
  sign: Forge,
  form: Form,
  headerName: string,
  nowSec: number,
): HttpRequest {
  const header = sign(bytes.toString('utf8'), nowSec);
  const headers = {
    'content-type': 'application/json',
    ...(header !== undefined && { [headerName]: header }),
  };
  const body = bytes.toString(form.startsWith('base64') ? 'base64' : 'utf8');
  const isBase64Encoded = form === 'base64' || form === 'text said to be base64';
  return { method: 'POST', headers, body, isBase64Encoded };
}

/** One of the named, with its name. */
export function anyOf<Made>(
  named: Readonly<Record<string, fc.Arbitrary<Made>>>,
): fc.Arbitrary<{ readonly name: string; readonly made: Made }> {
  return fc.oneof(
    ...Object.entries(named).map(([name, arbitrary]) => arbitrary.map((made) => ({ name, made }))),
  );
}
