import type { Finding } from '../domain/finding/finding.ts';
import { measureWords } from './measure-words.ts';

/**
 * The values at which there would have been no alert, as a sentence; undefined where none can be named. Numbers are
 * rounded towards the expected, so that they are silent.
 * For example, `silenceWords(finding)` is 'At $480.00 or less this check would have raised no alert.'.
 */
export function silenceWords(finding: Finding): string | undefined {
  const { actual, boundary, farBoundary, measure } = finding;
  if (boundary === null) return undefined;
  const isMore = actual > boundary;
  const near = measureWords(boundary, measure, isMore ? 'floor' : 'ceil');
  const isCounted = measure.kind === 'quantity' && measure.unit !== 'a day';
  if (farBoundary === undefined) {
    const side = isMore ? (isCounted ? 'fewer' : 'less') : 'more';
    return `${isCounted ? 'With' : 'At'} ${near} or ${side} ${silent}`;
  }
  const far = measureWords(farBoundary, measure, isMore ? 'ceil' : 'floor');
  if (near === far) return `At exactly ${near} ${silent}`;
  return `From ${isMore ? far : near} to ${isMore ? near : far} ${silent}`;
}

const silent = 'this check would have raised no alert.';
