import type { Judgement } from '../../domain/finding/finding.ts';
import { noBill } from '../../domain/finding/money-state.ts';

/** A webhook endpoint as Stripe lists it. */
export interface WebhookEndpoint {
  readonly url: string;
  readonly isEnabled: boolean;
  /** The types it delivers; `*` is all of them. */
  readonly types: readonly string[];
}

const disabled = 'is disabled';

/**
 * Answers whether Stripe sends us the events we need, from its own list of webhook endpoints. Called by `reconcile`,
 * which has a key for it. Pure.
 */
export const endpointDisabled = {
  kind: 'endpoint' as const,
  id: 'endpoint-disabled',
  question:
    'Has Stripe stopped sending us what it bills, as the webhook endpoint is disabled or lacks event types?',
  readers: 'platform' as const,
  certainty: 'proven' as const,
  nextSteps: [
    'Open Developers, Webhooks in Stripe and enable the endpoint, or add the event types that it lacks.',
    'Ask the platform team what refused the webhooks: Stripe disables an endpoint after days of refusals.',
    'What was billed meanwhile is fetched by itself, up to 30 days back; its alerts come late.',
  ],
  blindSpots: [
    'Everything, while there is no Stripe key to ask with.',
    'An endpoint at an address that is not the webhook function’s own, as with a proxy before it.',
  ],

  /**
   * What is wrong with our endpoint, as the end of a sentence; null when nothing is, or when none has our address: then
   * another one may stand in front of it.
   * For example, `endpointDisabled.problemOf([{ url, isEnabled: false, types: ['*'] }], url, types)` is 'is disabled'.
   */
  problemOf(endpoints: readonly WebhookEndpoint[], url: string, needed: readonly string[]): string | null {
    const ours = endpoints.filter((endpoint) => endpoint.url.replace(/\/+$/, '') === url);
    if (ours.length === 0) return null;
    const enabled = ours.filter(({ isEnabled }) => isEnabled);
    if (enabled.length === 0) return disabled;
    const types = new Set(enabled.flatMap((endpoint) => endpoint.types));
    const lacking = types.has('*') ? [] : needed.filter((type) => !types.has(type));
    return lacking.length === 0 ? null : `does not deliver ${lacking.join(', ')}`;
  },

  /** @param sinceSec when the problem was first seen: names the episode */
  judgement(problem: string, sinceSec: number): Judgement {
    const isDisabled = problem === disabled;
    return {
      about: `${new Date(sinceSec * 1000).toISOString()} ${problem}`,
      severity: isDisabled ? 'critical' : 'high',
      severityReason: isDisabled
        ? 'Stripe sends nothing about what it bills; drafts are charged before anyone knows.'
        : 'What Stripe does not send is found late, if at all.',
      summary: `The webhook endpoint of BillingWatch in Stripe ${problem}.`,
      headline: isDisabled ? 'the webhook endpoint is disabled' : 'the webhook endpoint lacks event types',
      measure: { kind: 'quantity', unit: '', what: 'webhook endpoints with a problem' },
      actual: 1,
      expected: { low: 0, high: 0 },
      boundary: null,
      rule: 'The endpoint is enabled, and delivers every type of event that a detector reads.',
      history: { count: 0, points: [] },
      breakdown: null,
      atStakeMinor: null,
      money: noBill(),
    };
  },
};

const exampleUrl = 'https://hooks.example.com/stripe/webhook';

/** What Stripe lists, where `invoice.created` is needed. */
export const examples = () => {
  const listed = (changes: Partial<WebhookEndpoint>): readonly WebhookEndpoint[] => [
    { url: exampleUrl, isEnabled: true, types: ['*'], ...changes },
  ];
  return {
    url: exampleUrl,
    needed: ['invoice.created'],
    fires: [
      { name: 'an endpoint that is disabled', endpoints: listed({ isEnabled: false }) },
      {
        name: 'a disabled endpoint whose address ends in a slash',
        endpoints: listed({ url: `${exampleUrl}/`, isEnabled: false }),
      },
      { name: 'an endpoint that lacks a type', endpoints: listed({ types: ['charge.succeeded'] }) },
    ],
    quiet: [
      { name: 'an endpoint that delivers every type', endpoints: listed({}) },
      { name: 'an endpoint that delivers what is needed', endpoints: listed({ types: ['invoice.created'] }) },
      { name: 'another address, which may stand before ours', endpoints: listed({ url: `${exampleUrl}/2` }) },
      {
        name: 'a second endpoint that is disabled',
        endpoints: [...listed({}), ...listed({ isEnabled: false })],
      },
    ],
  };
};
