import type { RenewalExamples } from '../../../lib/detectors/define-renewal.ts';
import { type Examples, monthAtSec } from '../../../lib/detectors/examples/example-events.ts';
import type { AccountExamples } from '../../../lib/detectors/examples/example-past.ts';
import {
  type endpointDisabled,
  examples as ofEndpoints,
} from '../../../lib/detectors/health/endpoint-disabled.ts';
import type { AnyDetector } from '../../../lib/detectors/registry.ts';
import { emptyAccountState } from '../../../lib/domain/account/account-state.ts';
import { hourOf } from '../../../lib/domain/account/hour-counts.ts';
import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import { type CustomerRecord, emptyRecord } from '../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../lib/domain/record/learn.ts';
import { renewalsDue } from '../../../lib/domain/record/renewals-due.ts';
import type { DetectorSources } from './detector-section.ts';

type Cases = Pick<DetectorSources, 'looksAt' | 'judgement' | 'otherRules' | 'fires' | 'quiet'>;

/** What a detector's own examples, in its file, show of it. */
export async function casesIn(file: string, detector: AnyDetector): Promise<Cases> {
  if (detector.kind === 'endpoint') return endpointCases(detector);
  if (detector.kind === 'event') {
    const { fires, quiet } = ((await import(file)) as { examples: Examples }).examples();
    const looksAt = detector.on.map((kind) => `\`${kind}\``).join(', ');
    const judgements = fires.flatMap(({ event, history }) => detector.judge(event, recordAfter(history)));
    const otherRules = otherRulesIn(judgements.map(({ rule }) => rule));
    return { looksAt, judgement: judgements[0], otherRules, ...namesOf({ fires, quiet }) };
  }
  if (detector.kind === 'renewal') {
    const { fires, quiet } = ((await import(file)) as { examples: RenewalExamples }).examples();
    const looksAt = `each renewal ${detector.graceHours} hours after it was due`;
    const judgement = fires.flatMap(({ history }) =>
      history.flatMap(renewalsDue).flatMap((due) => {
        const look = { due, record: recordAfter(history) };
        return detector.judge(hourOf(due.dueSec), [look], noPast).alone;
      }),
    )[0]?.judgement;
    return { looksAt, judgement, ...namesOf({ fires, quiet }) };
  }
  const { fires, quiet } = ((await import(file)) as { examples: AccountExamples }).examples();
  const looksAt = `what the whole account does, every ${detector.hourly ? 'hour' : 'five minutes'}`;
  const judgements = fires.flatMap(({ past }) => detector.judge(past) ?? []);
  return {
    looksAt,
    judgement: judgements[0] && { ...judgements[0], about: '' },
    ...namesOf({ fires, quiet }),
  };
}

/** Rules that differ from the first in more than their numbers, each once. */
function otherRulesIn(rules: readonly string[]): readonly string[] {
  const wordsOf = (rule: string) => rule.replace(/[^a-z ]/gi, '');
  const byWords = new Map(rules.toReversed().map((rule) => [wordsOf(rule), rule]));
  byWords.delete(wordsOf(rules[0] ?? ''));
  return [...byWords.values()].reverse();
}

function endpointCases(detector: typeof endpointDisabled): Cases {
  const { url, needed, ...cases } = ofEndpoints();
  const [problem] = cases.fires.map(({ endpoints }) => detector.problemOf(endpoints, url, needed));
  return {
    looksAt: 'what Stripe lists of its webhook endpoints, whenever `reconcile` runs',
    judgement: detector.judgement(problem ?? '', monthAtSec(0)),
    ...namesOf(cases),
  };
}

const noPast = { ...emptyAccountState, nowSec: 0, firstHour: 0, fresh: [], overdueInSilence: [] };

function recordAfter(history: readonly BillingEvent[]): CustomerRecord {
  return history.reduce((record, event) => learn(event, record).record, emptyRecord);
}

interface Named {
  readonly name: string;
}

function namesOf({ fires, quiet }: { fires: readonly Named[]; quiet: readonly Named[] }) {
  const names = (some: readonly Named[]) => some.map(({ name }) => name);
  return { fires: names(fires), quiet: names(quiet) };
}
