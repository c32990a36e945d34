import { customerLabel } from '../domain/customer-label.ts';
import type { Finding } from '../domain/finding.ts';
import { billedWords } from './billed-words.ts';
import { capitalised } from './capitalised.ts';
import { certaintyWords } from './certainty-words.ts';
import { counted } from './counted.ts';
import { figureRows, type Row } from './figure-rows.ts';
import { isAboutAccount } from './is-about-account.ts';
import type { MailOptions } from './mail-options.ts';
import { measureWords } from './measure-words.ts';
import { moneyStateWords } from './money-state-words.ts';
import { shortened } from './shortened.ts';
import { type StripeLink, stripeLink, stripeList } from './stripe-link.ts';
import { usualWords } from './usual-words.ts';

/** Findings that are all proven, or all unusual. */
export interface CollectionPart {
  /** The most important of them, with all their figures; undefined when others come first. */
  readonly top: TopPart | undefined;
  /** The others, in a line each. */
  readonly others: OtherPart | undefined;
}

interface TopPart {
  readonly title: string;
  readonly certainty: string;
  readonly findings: readonly TopFinding[];
}

interface TopFinding {
  readonly summary: string;
  readonly figures: readonly Row[];
  readonly link: StripeLink;
  /** Of the page on which it is answered. */
  readonly answerUrl: string | undefined;
}

interface OtherPart {
  readonly title: string;
  readonly findings: readonly ListedFinding[];
  /** Of those that are not listed: how many, and where they are. */
  readonly more: { readonly words: string; readonly link: StripeLink } | undefined;
}

interface ListedFinding {
  readonly name: string;
  readonly says: string;
  readonly atStake: string;
  readonly url: string;
}

/**
 * @param findings of one certainty, the most important first
 * @param first those to be told with all their figures
 * @param most so many of the others are listed
 */
export function collectionPart(
  findings: readonly Finding[],
  first: ReadonlySet<Finding>,
  options: Pick<MailOptions, 'nowSec' | 'timeZone' | 'feedbackUrl'>,
  most: number,
): CollectionPart {
  const top = findings.filter((finding) => first.has(finding));
  const others = findings.filter((finding) => !first.has(finding));
  const certainty = findings[0]?.certainty ?? 'unusual';
  return {
    top: top.length === 0 ? undefined : topPart(top, findings.length, options),
    others: others.length === 0 ? undefined : otherPart(others, `Other ${certainty} findings`, most),
  };
}

function topPart(
  top: readonly Finding[],
  count: number,
  { nowSec, timeZone, feedbackUrl }: Pick<MailOptions, 'nowSec' | 'timeZone' | 'feedbackUrl'>,
): TopPart {
  const topFinding = (finding: Finding): TopFinding => {
    const state = { label: 'State', value: moneyStateWords(finding.money, nowSec, timeZone).full };
    return {
      summary: finding.summary,
      figures: [...figureRows(finding), state],
      link: stripeLink(finding),
      answerUrl: feedbackUrl?.(finding),
    };
  };
  const shown = top.length === count ? '' : `, the first ${top.length}`;
  return {
    title: `${capitalised(top[0]?.certainty ?? '')}: ${counted(count, 'finding')}${shown}`,
    certainty: sharedCertainty(top),
    findings: top.map(topFinding),
  };
}

function otherPart(others: readonly Finding[], title: string, most: number): OtherPart {
  const [unlisted] = others.slice(most);
  return {
    title,
    findings: others.slice(0, most).map(listedFinding),
    more: unlisted && {
      words: `And ${(others.length - most).toLocaleString('en-US')} more, less severe or with less at stake. In Stripe they are among these:`,
      link: stripeList(unlisted),
    },
  };
}

function sharedCertainty(findings: readonly Finding[]): string {
  const [words = '', ...others] = new Set(findings.map(certaintyWords));
  return others.length === 0
    ? words
    : 'Unusual, each by its own measure: judgements, not proofs; they may be intended.';
}

const nameLength = 40;
const saysLength = 80;

function listedFinding(finding: Finding): ListedFinding {
  const { atStakeMinor, headline, measure, money } = finding;
  const name = isAboutAccount(finding) ? measure.what : customerLabel(finding);
  const stake = (amountMinor: number) =>
    measureWords(amountMinor, { kind: 'money', currency: money.currency, what: '' });
  return {
    name: shortened(capitalised(name), nameLength),
    says: shortened(headline ?? `${billedWords(finding)}, ${usualWords(finding)}`, saysLength),
    atStake: atStakeMinor === null ? 'not known' : stake(atStakeMinor),
    url: stripeLink(finding).url,
  };
}
