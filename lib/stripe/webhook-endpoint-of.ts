import type { Fields } from './event/fields.ts';

/** @example webhookEndpointOf(listed) // { url: 'https://...', isEnabled: true, types: ['invoice.created'] } */
export function webhookEndpointOf({ url, status, enabled_events: types }: Fields) {
  return {
    url: typeof url === 'string' ? url : '',
    isEnabled: status === 'enabled',
    types: Array.isArray(types) ? types.map(String) : [],
  };
}
