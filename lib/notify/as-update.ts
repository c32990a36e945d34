import { type Finding, findingId, severities } from '../domain/finding/finding.ts';
import { measureWords } from '../message/measure-words.ts';

/**
 * A finding as news of what was told before, once its value was changed and that made it more severe: an alert of its
 * own, in the thread of the first. Undefined when it is no news. The same finding gives the same alert, on any try.
 * @param told of the same condition, as it was filed first
 */
export function asUpdate(finding: Finding, told: Finding): Finding | undefined {
  const isWorse = severities.indexOf(finding.severity) < severities.indexOf(told.severity);
  if (!isWorse || finding.actual === told.actual) return undefined;
  const before = `${measureWords(told.actual, told.measure)} (${told.severity})`;
  return {
    ...finding,
    id: findingId(finding, finding.detector, `${finding.about} ${finding.severity}`),
    nearby: [`It was changed: an earlier email told of ${before}.`, ...(finding.nearby ?? [])],
  };
}
