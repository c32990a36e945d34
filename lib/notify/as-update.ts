import { type Finding, findingId, severities } from '../domain/finding/finding.ts';
import { measureWords } from '../message/measure-words.ts';

/**
 * Turns a finding into an update of an earlier alert, when its value changed and that made it more severe. The update
 * is an alert of its own, in the thread of the first. Undefined when it is not news. The same finding gives the same
 * alert, on any try.
 * @param earlier finding of the same condition, as it was filed first
 */
export function asUpdate(finding: Finding, earlier: Finding): Finding | undefined {
  const isWorse = severities.indexOf(finding.severity) < severities.indexOf(earlier.severity);
  if (!isWorse || finding.actual === earlier.actual) return undefined;
  const before = `${measureWords(earlier.actual, earlier.measure)} (${earlier.severity})`;
  return {
    ...finding,
    id: findingId(finding, finding.detector, `${finding.about} ${finding.severity}`),
    nearby: [`It was changed: an earlier email reported ${before}.`, ...(finding.nearby ?? [])],
  };
}
