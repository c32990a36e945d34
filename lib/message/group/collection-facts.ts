import { ofAccount } from '../../domain/events/of-account.ts';
import type { Certainty, Finding, Severity } from '../../domain/finding/finding.ts';
import { accountRow } from '../account-row.ts';
import { atStake, byImportance } from '../at-stake.ts';
import { coverageWords } from '../coverage-words.ts';
import type { Row } from '../figure-rows.ts';
import type { MailOptions } from '../mail-options.ts';
import type { PlannedMail } from '../planned-mail.ts';
import type { StripeLink } from '../stripe-link.ts';
import { capitalised } from '../text/capitalised.ts';
import { counted, listed } from '../text/counted.ts';
import { timeWords } from '../text/time-words.ts';
import { unlinked } from '../text/unlinked.ts';
import { whyYouWords } from '../why-you-words.ts';
import { collectionFigures } from './collection-figures.ts';
import { type CollectionPart, collectionPart, type Entry } from './collection-part.ts';
import { collectionState } from './collection-state.ts';
import { collectionSubject } from './collection-subject.ts';
import { collectionWords } from './collection-words.ts';
import { groupSteps } from './group-steps.ts';

/** Everything an email about several findings says, in words, in reading order; see `AlertFacts`. */
export interface CollectionFacts {
  readonly livemode: boolean;
  readonly severity: Severity;
  readonly subject: string;
  readonly summary: string;
  readonly state: string;
  readonly figures: readonly Row[];
  readonly why: string;
  readonly link: StripeLink | undefined;
  /** The parts by certainty: proven, then contradictions, then unusual. They are never mixed. */
  readonly parts: readonly CollectionPart[];
  /** Next steps for findings of one cause; other findings have their own. */
  readonly steps: readonly string[];
  readonly reference: readonly Row[];
  /** Why the reader gets it, and what this system can't see. */
  readonly notes: readonly string[];
}

const topCount = 5;

/**
 * @param findings at least one, clean, the most severe first
 * @param most beyond the top five that are listed, alone or of one cause, of each certainty
 */
export function collectionFacts(
  kind: PlannedMail['kind'],
  findings: readonly Finding[],
  options: MailOptions,
  most: number,
): CollectionFacts {
  const { nowSec, timeZone } = options;
  const ranked = findings.toSorted(byImportance);
  const { says, why, link } = collectionWords(kind, ranked, options);
  const entries = kind === 'group' ? ranked.map((finding) => [finding]) : byCause(ranked);
  const top = new Set(entries.slice(0, topCount));
  const certainties: readonly Certainty[] = ['proven', 'contradiction', 'unusual'];
  const parts = certainties.flatMap((certainty) => {
    const some = entries.filter(([finding]) => finding?.certainty === certainty);
    return some.length === 0 ? [] : [collectionPart(some, top, options, most)];
  });
  const [first] = ranked;
  const livemode = first?.livemode !== false;
  return {
    livemode,
    severity: first?.severity ?? 'low',
    subject: collectionSubject(ranked, says, nowSec),
    summary: ofAccount(first?.account ?? 'self', `${capitalised(says[0] ?? '')}${stakePhrase(ranked)}.`),
    state: collectionState(ranked, nowSec, timeZone),
    figures: collectionFigures(ranked),
    why: kind === 'storm' ? `${why} ${listedWords(ranked.length, parts)}` : why,
    link,
    parts,
    steps: kind === 'group' ? groupSteps(ranked) : [],
    reference: [
      { label: 'Written', value: timeWords(nowSec, timeZone) },
      ...(first === undefined ? [] : accountRow(first.account)),
      ...(first?.cause === undefined || kind !== 'group'
        ? []
        : [{ label: 'Cause', value: unlinked(first.cause) }]),
      { label: 'First alerts', value: [...top].flatMap(([finding]) => finding?.id ?? []).join(', ') },
    ],
    notes: notes(kind, livemode, options),
  };
}

/** The number of findings with a line of their own; the others are only counted. */
function listedWords(count: number, parts: readonly CollectionPart[]): string {
  const own = parts.reduce((sum, { top, others }) => {
    const lines = top?.findings.map(({ members }) => Math.max(1, members.length)) ?? [];
    return sum + lines.reduce((all, some) => all + some, 0) + (others?.findings.length ?? 0);
  }, 0);
  if (own === count) return 'All of them are listed below.';
  const isOne = count - own === 1;
  return `${counted(own, 'finding')} of ${count.toLocaleString('en-US')} ${own === 1 ? 'is' : 'are'} listed below; the ${isOne ? 'other one is' : 'others are'} only counted.`;
}

/**
 * Groups findings: unrelated ones stay apart; those of one cause are one entry, where the most important of them
 * stands.
 */
function byCause(ranked: readonly Finding[]): readonly Entry[] {
  const together = Map.groupBy(ranked, (finding) =>
    finding.cause === undefined ? finding : `${finding.certainty} ${finding.cause}`,
  );
  return [...together.values()];
}

function stakePhrase(findings: readonly Finding[]): string {
  const { totals } = atStake(findings);
  return totals.length === 0 ? '' : `; ${listed(totals)} at stake`;
}

function notes(
  kind: PlannedMail['kind'],
  livemode: boolean,
  { platform, timeZone, listeningSinceSec }: MailOptions,
): readonly string[] {
  const stop = `For no more digests, or at other hours, write to ${listed(platform)}.`;
  return [
    whyYouWords({ livemode }),
    ...(kind === 'digest' ? [stop] : []),
    coverageWords({}, timeZone, listeningSinceSec),
  ];
}
