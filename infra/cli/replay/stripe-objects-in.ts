import { type Fields, isFields } from '../../../lib/stripe/event/fields.ts';

/**
 * The objects in a value as it is exported: an event, a page of Stripe's API (`data`), an array of either; bare or in
 * the envelope of EventBridge (`detail`). An empty array holds no event, and is returned as it is.
 * @example stripeObjectsIn({ object: 'list', data: [second, first] }) // [second, first]
 */
export function stripeObjectsIn(json: unknown): readonly unknown[] {
  if (isPage(json)) return json.data.map(unwrapped);
  if (!Array.isArray(json) || json.length === 0) return [unwrapped(json)];
  return json.flatMap((item: unknown) => (isPage(item) ? item.data.map(unwrapped) : [unwrapped(item)]));
}

/** Whether a value is a page of Stripe's API, which lists the newest first. */
export function isPage(json: unknown): json is Fields & { readonly data: readonly unknown[] } {
  return isFields(json) && Array.isArray(json.data);
}

function unwrapped(json: unknown): unknown {
  return isFields(json) && isFields(json.detail) && 'detail-type' in json ? json.detail : json;
}
