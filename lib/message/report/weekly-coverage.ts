import { type Certificate, comparedSince, type SeenOf } from '../../domain/account/certificate.ts';
import { coverageLimits, sinceWords } from '../coverage-words.ts';
import { timeWords } from '../text/time-words.ts';

/**
 * The share of what Stripe created in some days that was seen.
 * For example, `weeklyCoverage(certificate, fromSec, { timeZone: 'UTC' })` is
 * 'Coverage: BillingWatch saw 4,812 of the 4,812 events and 912 of the 912 invoices, charges, ... that Stripe lists ...'.
 */
export function weeklyCoverage(
  certificate: Certificate,
  fromSec: number,
  {
    timeZone,
    listeningSinceSec,
  }: { readonly timeZone: string; readonly listeningSinceSec?: number | undefined },
): string {
  const compared = comparedSince(certificate, fromSec);
  const of = ({ made, seen }: SeenOf): string =>
    `${seen.toLocaleString('en-US')} of the ${made.toLocaleString('en-US')}`;
  const saw =
    compared === undefined
      ? 'what Stripe’s webhooks brought, and has not compared it with what Stripe lists'
      : `${of(compared.events)} events and ${of(compared.objects)} invoices, charges, refunds, disputes and credit notes that Stripe lists of these days, as of ${timeWords(compared.toSec, timeZone)}`;
  return `Coverage: BillingWatch saw ${saw}${sinceWords(listeningSinceSec, timeZone)}${coverageLimits}`;
}
