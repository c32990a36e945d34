import type { Certainty, Finding } from '../../domain/finding/finding.ts';
import { certaintyWords } from '../certainty-words.ts';
import { figureRows, type Row } from '../figure-rows.ts';
import type { MailOptions } from '../mail-options.ts';
import { moneyStateWords } from '../money-state-words.ts';
import { type StripeLink, stripeLink, stripeList } from '../stripe-link.ts';
import { capitalised } from '../text/capitalised.ts';
import { counted } from '../text/counted.ts';
import { collectionFigures } from './collection-figures.ts';
import { collectionState } from './collection-state.ts';
import { groupWords } from './collection-words.ts';
import { type ListedFinding, listedCause, listedFinding } from './listed-finding.ts';

/** One entry: a finding, or several that have one cause. At least one, the most important first. */
export type Entry = readonly Finding[];

/** Findings of one certainty. */
export interface CollectionPart {
  /** The most important of them, with all their figures; undefined when other parts hold the most important. */
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
  /** The address of the page on which it is answered; several findings have one each. */
  readonly answerUrl: string | undefined;
  /** The first five findings of one cause, in a line each. */
  readonly members: readonly ListedFinding[];
}

interface OtherPart {
  readonly title: string;
  readonly findings: readonly ListedFinding[];
  /** The findings that are not listed: how many, and where to find them. */
  readonly more: { readonly words: string; readonly link: StripeLink } | undefined;
}

type PartOptions = Pick<MailOptions, 'nowSec' | 'timeZone' | 'feedbackUrl'>;

const otherTitles: Readonly<Record<Certainty, string>> = {
  proven: 'Other proven findings',
  contradiction: 'Other contradictions',
  unusual: 'Other unusual findings',
};

/**
 * @param entries of one certainty, the most important first
 * @param first those to be shown with all their figures
 * @param most of the others that are listed
 */
export function collectionPart(
  entries: readonly Entry[],
  first: ReadonlySet<Entry>,
  options: PartOptions,
  most: number,
): CollectionPart {
  const top = entries.filter((one) => first.has(one));
  const others = entries.filter((one) => !first.has(one));
  const certainty = entries[0]?.[0]?.certainty ?? 'unusual';
  return {
    top: top.length === 0 ? undefined : topPart(top, entries.flat().length, options),
    others: others.length === 0 ? undefined : otherPart(others, otherTitles[certainty], most, options),
  };
}

function topPart(top: readonly Entry[], count: number, options: PartOptions): TopPart {
  const findings = top.flat();
  const shown = findings.length === count ? '' : `, the first ${findings.length.toLocaleString('en-US')}`;
  return {
    title: `${capitalised(findings[0]?.certainty ?? '')}: ${counted(count, 'finding')}${shown}`,
    certainty: sharedCertainty(findings),
    findings: top.flatMap(([finding, ...siblings]) => {
      if (finding === undefined) return [];
      return siblings.length === 0 ? topFinding(finding, options) : topCause([finding, ...siblings], options);
    }),
  };
}

function topFinding(finding: Finding, { nowSec, timeZone, feedbackUrl }: PartOptions): TopFinding {
  const state = { label: 'State', value: moneyStateWords(finding.money, nowSec, timeZone).full };
  return {
    summary: finding.summary,
    figures: [...figureRows(finding), state],
    link: stripeLink(finding),
    answerUrl: feedbackUrl?.(finding),
    members: [],
  };
}

const shownMembers = 5;

/** Several findings of one cause among unrelated ones: how many, what is at stake, and the first five. */
function topCause(findings: readonly [Finding, ...Finding[]], options: PartOptions): TopFinding {
  const { says, link } = groupWords(findings);
  const state = { label: 'State', value: collectionState(findings, options.nowSec, options.timeZone) };
  const rest = findings.length - shownMembers;
  const more = rest > 0 ? [{ label: 'Not listed here', value: counted(rest, 'finding') }] : [];
  return {
    summary: `${capitalised(says[0] ?? '')}.`,
    figures: [...collectionFigures(findings), state, ...more],
    link: link ?? stripeList(findings[0]),
    answerUrl: undefined,
    members: findings.slice(0, shownMembers).map((finding) => listedFinding(finding, options.feedbackUrl)),
  };
}

function otherPart(others: readonly Entry[], title: string, most: number, options: PartOptions): OtherPart {
  const unlisted = others.slice(most).flat();
  const [first] = unlisted;
  return {
    title,
    findings: others.slice(0, most).flatMap(([finding, ...siblings]) => {
      if (finding === undefined) return [];
      return siblings.length === 0
        ? listedFinding(finding, options.feedbackUrl)
        : listedCause([finding, ...siblings]);
    }),
    more: first && {
      words: `And ${unlisted.length.toLocaleString('en-US')} more, less severe or with less at stake. In Stripe they are among these:`,
      link: stripeList(first),
    },
  };
}

function sharedCertainty(findings: readonly Finding[]): string {
  const [words = '', ...others] = new Set(findings.map(certaintyWords));
  return others.length === 0
    ? words
    : 'Unusual, each by its own measure: judgements, not proofs; they may be intended.';
}
