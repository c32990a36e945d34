import type { AccountKey } from '../domain/events/billing-event.ts';

/**
 * An account and its mode, as keys of items have it; an account's name has no `#`.
 * @example accountName({ account: 'self', livemode: true }) // 'self#live'
 */
export function accountName({ account, livemode }: AccountKey): string {
  return `${account}#${livemode ? 'live' : 'test'}`;
}

/** @example accountNamed('self#live') // { account: 'self', livemode: true } */
export function accountNamed(name: string): AccountKey {
  const [account = '', mode] = name.split('#');
  return { account, livemode: mode === 'live' };
}
