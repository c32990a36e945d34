import type { Fields } from './event/fields.ts';

/** @example webhookEndpointOf({ url: 'https://a.b', status: 'enabled', enabled_events: ['*'] }) // { url: 'https://a.b', isEnabled: true, types: ['*'] } */
export function webhookEndpointOf({ url, status, enabled_events: types }: Fields) {
  return {
    url: typeof url === 'string' ? url : '',
    isEnabled: status === 'enabled',
    types: Array.isArray(types) ? types.map(String) : [],
  };
}
