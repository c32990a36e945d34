import { customerLabel } from '../../domain/events/customer-label.ts';
import type { Finding } from '../../domain/finding/finding.ts';
import { atStake } from '../at-stake.ts';
import { billedWords } from '../billed-words.ts';
import { expectedWords } from '../expected-words.ts';
import { isAboutAccount } from '../is-about-account.ts';
import type { FeedbackUrl } from '../mail-options.ts';
import { measureWords } from '../measure-words.ts';
import { stripeLink, stripeList } from '../stripe-link.ts';
import { capitalised } from '../text/capitalised.ts';
import { counted, listed } from '../text/counted.ts';
import { shortened } from '../text/shortened.ts';
import { groupWords } from './collection-words.ts';

/** A finding as a line of a list. */
export interface ListedFinding {
  readonly name: string;
  readonly says: string;
  readonly atStake: string;
  readonly url: string;
  readonly answerUrl: string | undefined;
}

const nameLength = 40;
const saysLength = 80;

/** @param feedbackUrl where it is answered */
export function listedFinding(finding: Finding, feedbackUrl: FeedbackUrl | undefined): ListedFinding {
  const { atStakeMinor, headline, measure, money } = finding;
  const isNamed = finding.customerName !== null || finding.customer?.startsWith('cus_');
  const name = isAboutAccount(finding) ? measure.what : customerLabel(finding);
  const stake = (amountMinor: number) =>
    measureWords(amountMinor, { kind: 'money', currency: money.currency, what: '' });
  return {
    name: shortened(isNamed ? name : capitalised(name), nameLength), // names and ids stay as they are written
    says: shortened(headline ?? `${billedWords(finding)}, ${expectedWords(finding)}`, saysLength),
    atStake: atStakeMinor === null ? 'not known' : stake(atStakeMinor),
    url: stripeLink(finding).url,
    answerUrl: feedbackUrl?.(finding),
  };
}

/** Several findings of one cause, as one line. */
export function listedCause(findings: readonly [Finding, ...Finding[]]): ListedFinding {
  const { says, link } = groupWords(findings);
  const { totals } = atStake(findings);
  const [first] = findings;
  return {
    name: shortened(capitalised(says.at(-1) ?? ''), saysLength),
    says: `${shortened(customerLabel(first), nameLength)} and ${counted(findings.length - 1, 'other finding')}`,
    atStake: totals.length === 0 ? 'not known' : listed(totals),
    url: (link ?? stripeList(first)).url,
    answerUrl: undefined,
  };
}
