import type { ChargeEvent, InvoiceEvent } from '../../../domain/events/billing-event.ts';
import type { Judgement } from '../../../domain/finding/finding.ts';
import type { Context } from '../../context.ts';
import { runStage } from '../../run-stage.ts';
import { type Adjusted, comparedWith, unadjusted } from './adjust.ts';
import { plainWidth, rangesAfter, type Width } from './baseline.ts';
import { boundaryOf, type Criteria, rangeAlone } from './decide.ts';
import type { Explained } from './explain.ts';
import { seatsJudgement } from './seats-judgement.ts';
import { spikeJudgement } from './spike-judgement.ts';
import { stages } from './stages.ts';
import { type Subject, subjectOf } from './subject.ts';
import type { Spike } from './suppress.ts';
import * as words from './trace-words.ts';

const detector = 'amount-spike';
const adjust = { detector, name: 'adjust', rules: stages.adjust, words: words.adjustedWords };
const baseline = { detector, name: 'baseline', rules: stages.baseline, words: words.widthWords };
const explain = { detector, name: 'explain', rules: stages.explain, words: words.explainedWords };
const decide = { detector, name: 'decide', rules: stages.decide, words: words.criteriaWords };
const suppress = { detector, name: 'suppress', rules: stages.suppress, words: words.suspectsWords };

/** Takes an event's amount through the stages. @returns undefined when there is nothing to report */
export function judgeAmount(
  event: InvoiceEvent | ChargeEvent,
  facts: Pick<Subject, 'record' | 'context' | 'knobs'>,
): Judgement | undefined {
  const subject = subjectOf(event, facts);
  const { context } = facts;
  const { trace } = context;
  const comesTo = (stage: string, text: string) => trace?.step({ detector, stage, words: text });

  const adjusted = runStage(adjust, unadjusted(subject), subject, context);
  const before = comparedWith(adjusted, subject);
  if (trace) comesTo('adjust', words.comparisonWords(adjusted, before, subject));

  const width = runStage(baseline, plainWidth(before, subject), subject, context);
  const ranges = rangesAfter(width);
  if (trace) comesTo('baseline', words.rangeWords(ranges, width, subject));

  const valueMinor = subject.amountMinor - adjusted.explainedMinor;
  let explained: Explained | undefined;
  if (ranges !== undefined && valueMinor > ranges.usual.high) {
    const { usual: range, planned } = ranges;
    const { headroom, setHeadroom: plannedHeadroom } = width;
    const start = { valueMinor, before, range, headroom, planned: planned(), plannedHeadroom, leftMinor: 0 };
    explained = runStage(explain, start, subject, context);
    if (trace) comesTo('explain', words.explanationWords(explained, subject));
  }

  const criteria = runStage(decide, rangeAlone, subject, context);
  const spike = explained && spikeOf(explained, adjusted, width, criteria, subject);
  const decision = trace && words.decisionWords(explained, ranges, valueMinor, criteria, subject);
  if (decision) comesTo('decide', decision);
  const { seats } = criteria;
  if (spike === undefined && seats === undefined) return undefined;

  const suspects = { spike, seats };
  const left = runStage(suppress, suspects, subject, context);
  if (left.spike !== undefined) return spikeJudgement(left.spike, subject);
  if (left.seats !== undefined && subject.invoice !== undefined)
    return seatsJudgement(left.seats, subject.invoice, context.settings);
  if (trace) comesTo('suppress', words.suppressionWords(suspects, subject));
  return undefined;
}

/** The amount as a spike, where it is above its boundary. */
function spikeOf(
  explained: Explained,
  { explainedMinor }: Adjusted,
  width: Width,
  criteria: Criteria,
  subject: Subject,
): Spike | undefined {
  const boundaryMinor = boundaryOf(explained.range, criteria) + explained.leftMinor;
  if (explained.valueMinor <= boundaryMinor) return undefined;
  const { leastMinor } = criteria;
  return {
    ...explained,
    explainedMinor,
    leastMinor,
    boundaryMinor,
    alerted: undefined,
    boundaryAfter: (past) => {
      const ranges = rangesAfter(width, past);
      return ranges && boundaryOf(ranges.planned(), criteria);
    },
    wasSpike: (charge) => {
      const context: Context = { ...subject.context, trace: undefined };
      const earlier = { ...subject, context, object: charge, invoice: undefined, charge: undefined };
      const past = comparedWith(runStage(adjust, unadjusted(earlier), earlier, context), earlier);
      const ranges = rangesAfter(runStage(baseline, plainWidth(past, earlier), earlier, context));
      return ranges !== undefined && charge.value > boundaryOf(ranges.usual, criteria);
    },
  };
}
