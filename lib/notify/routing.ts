import * as z from 'zod/mini';
import { type Finding, severities } from '../domain/finding/finding.ts';

const addresses = z.array(z.email()).check(z.minLength(1));

/** Who reads which alerts of live mode. What a route leaves out, it does not ask for. */
const route = z.strictObject({
  to: addresses,
  severities: z.optional(z.array(z.enum(severities))),
  detectors: z.optional(z.array(z.string())),
  /** `self`, or `acct_...` of connected accounts. */
  accounts: z.optional(z.array(z.string())),
});

export const routing = z.strictObject({
  /** Who gets what no route takes. */
  finance: addresses,
  /** Who gets everything of test mode, and what is wrong with the system itself. */
  platform: addresses,
  /** The first that fits has it. */
  routes: z.array(route),
});

export type Routing = z.infer<typeof routing>;

/** Test mode never reaches finance. @example recipientsOf(finding, { finance: ['a@b.c'], platform, routes: [] }) // ['a@b.c'] */
export function recipientsOf(
  { livemode, severity, detector, account }: Pick<Finding, 'livemode' | 'severity' | 'detector' | 'account'>,
  { finance, platform, routes }: Routing,
): readonly string[] {
  if (!livemode) return platform;
  const fits = (one: z.infer<typeof route>): boolean =>
    (one.severities?.includes(severity) ?? true) &&
    (one.detectors?.includes(detector) ?? true) &&
    (one.accounts?.includes(account) ?? true);
  return routes.find(fits)?.to ?? finance;
}
