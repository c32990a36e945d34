import { cleanText } from '../domain/clean-text.ts';
import type { Finding } from '../domain/finding/finding.ts';
import { unlinked } from './text/unlinked.ts';

const sentenceLength = 600;
const idLength = 255; // as long as Stripe's can be: a link needs all of it
const causeLength = idLength + 20; // an id and its kind; it is shown `unlinked`, and linked as it is
const shownSteps = 6;
const shownChanges = 6;
const shownPoints = 24;

/** The finding with every text harmless, on one line and short enough to show, whatever its origin. */
export function cleanFinding(finding: Finding): Finding {
  const { measure, breakdown, history } = finding;
  return {
    ...finding,
    id: label(finding.id),
    detector: label(finding.detector),
    account: wholeId(finding.account),
    customer: finding.customer === null ? null : harmless(finding.customer, idLength),
    customerName: finding.customerName === null ? null : harmless(finding.customerName),
    eventId: finding.eventId === null ? null : wholeId(finding.eventId),
    object: wholeId(finding.object),
    objectLabel: label(finding.objectLabel),
    question: sentence(finding.question),
    basis: finding.basis === undefined ? undefined : sentence(finding.basis),
    summary: sentence(finding.summary),
    headline: finding.headline === undefined ? undefined : label(finding.headline),
    cause: finding.cause === undefined ? undefined : (cleanText(finding.cause, causeLength) ?? ''),
    causeName: finding.causeName === undefined ? undefined : label(finding.causeName),
    severityReason: sentence(finding.severityReason),
    rule: sentence(finding.rule),
    nextSteps: finding.nextSteps.slice(0, shownSteps).map(sentence),
    measure:
      measure.kind === 'money'
        ? { ...measure, what: label(measure.what) }
        : { ...measure, what: label(measure.what), unit: label(measure.unit) },
    nearby: finding.nearby?.slice(0, shownChanges).map(sentence),
    history: { ...history, points: history.points.slice(-shownPoints) },
    breakdown: breakdown && {
      ...breakdown,
      rows: breakdown.rows.map((row) => ({ ...row, label: label(row.label) })),
      totalLabel: label(breakdown.totalLabel),
    },
  };
}

function label(text: string): string {
  return harmless(text) ?? '';
}

function wholeId(id: string): string {
  return harmless(id, idLength) ?? '';
}

function sentence(text: string): string {
  return harmless(text, sentenceLength) ?? '';
}

function harmless(text: string, maxCodePoints?: number): string | null {
  const clean = cleanText(text, maxCodePoints);
  return clean === null ? null : unlinked(clean);
}
