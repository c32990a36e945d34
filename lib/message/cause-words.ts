import type { Finding } from '../domain/finding/finding.ts';
import { type StripeLink, stripeUrl } from './stripe-link.ts';
import { unlinked } from './text/unlinked.ts';

interface CauseWords {
  /** What its findings have in common, to stand behind e.g. "200 invoices". */
  readonly says: string;
  /** The same without the name of the cause. */
  readonly saysBriefly: string;
  /** Why they are together, as a sentence. */
  readonly why: string;
  /** The link to the cause in Stripe. */
  readonly link: StripeLink;
}

/**
 * What findings of one cause have in common.
 * For example, `causeWords(finding)?.says` is 'bill Team plan at another price'.
 */
export function causeWords(finding: Finding): CauseWords | undefined {
  const [, kind = '', id = ''] = /^([a-z_]+):(.*)$/.exec(finding.cause ?? '') ?? []; // a merchant's id may have colons
  const cause = causes.get(kind);
  if (cause === undefined) return undefined;
  const { page, noun, words } = cause;
  const link = { label: `Open this ${noun} in Stripe`, url: stripeUrl(finding, page, id) };
  return { ...words(finding.causeName, unlinked(id)), link };
}

interface Cause {
  /** The page of Stripe's dashboard. */
  readonly page: string;
  readonly noun: string;
  readonly words: (name: string | undefined, id: string) => Omit<CauseWords, 'link'>;
}

const causes: ReadonlyMap<string, Cause> = new Map<string, Cause>([
  [
    'price',
    {
      page: 'prices',
      noun: 'price',
      words: (name, id) => ({
        says: `bill ${name ?? 'one price'} at another price`,
        saysBriefly: 'bill another price',
        why: `They all name one price, ${named(name, id)}, and bill another amount. One edit, import or integration most likely explains them all: correct that first, then the invoices.`,
      }),
    },
  ],
  [
    'shifted_price',
    {
      page: 'prices',
      noun: 'price',
      words: (name, id) => ({
        says: `bill ${name ?? 'one price'} at an unusual price`,
        saysBriefly: 'bill an unusual price',
        why: `They all bill one price, ${named(name, id)}, which has the digits of the price before, with the decimal point elsewhere. If that was not meant, correct the price first, then the invoices.`,
      }),
    },
  ],
  [
    'tax_rate',
    {
      page: 'tax-rates',
      noun: 'tax rate',
      words: (name, id) => ({
        says: name === undefined ? 'take an unusual tax' : `take an unusual tax at the ${name} rate`,
        saysBriefly: 'take an unusual tax',
        why: `They all use one tax rate, ${named(name, id)}, which took another share before. Correct the rate or the tax settings first, then the invoices.`,
      }),
    },
  ],
  [
    'meter',
    {
      page: 'prices',
      noun: 'price',
      words: (name, id) => ({
        says: `count unusual usage of ${name ?? 'one meter'}`,
        saysBriefly: 'count unusual usage',
        why: `They are all billed by one meter, ${named(name, id)}. Usage that was reported twice, in another unit or not at all most likely explains them all: correct the reports first, then the invoices.`,
      }),
    },
  ],
]);

function named(name: string | undefined, id: string): string {
  return name === undefined ? id : `${name} (${id})`;
}
