import * as z from 'zod/mini';
import { type Finding, severities } from '../domain/finding/finding.ts';

const addresses = z.array(z.email()).check(z.minLength(1));

/** A route for alerts of live mode. What it leaves out does not restrict it. */
const route = z.strictObject({
  to: addresses,
  severities: z.optional(z.array(z.enum(severities))),
  detectors: z.optional(z.array(z.string())),
  /** `self`, or `acct_...` of connected accounts. */
  accounts: z.optional(z.array(z.string())),
});

export const routing = z.strictObject({
  /** Receivers of alerts that no route matches. */
  finance: addresses,
  /** Receivers of everything in test mode, and of problems of the system itself. */
  platform: addresses,
  /** Detectors whose findings the platform team gets, too, unless a route that names the detector says otherwise. */
  platformDetectors: z.readonly(z.array(z.string())),
  /** The first route that matches is used. */
  routes: z.array(route),
});

export type Routing = z.infer<typeof routing>;

/** All that SES takes for one email. */
const mostRecipients = 50;

/**
 * The receivers of a finding. Test mode never reaches finance. A route by severity or account does not take from the
 * platform team what only it can act on; one that names the detector does.
 * For example, `recipientsOf(finding, { finance: ['a@b.c'], platform, platformDetectors: [], routes: [] })` is ['a@b.c'].
 */
export function recipientsOf(
  { livemode, severity, detector, account }: Pick<Finding, 'livemode' | 'severity' | 'detector' | 'account'>,
  { finance, platform, platformDetectors, routes }: Routing,
): readonly string[] {
  if (!livemode) return platform;
  const fits = (one: z.infer<typeof route>): boolean =>
    (one.severities?.includes(severity) ?? true) &&
    (one.detectors?.includes(detector) ?? true) &&
    (one.accounts?.includes(account) ?? true);
  const { to = finance, detectors } = routes.find(fits) ?? {};
  const isForPlatform = platformDetectors.includes(detector) && detectors === undefined;
  return isForPlatform ? [...new Set([...platform, ...to])].slice(0, mostRecipients) : to;
}
