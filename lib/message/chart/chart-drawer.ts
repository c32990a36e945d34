import type { Finding } from '../../domain/finding/finding.ts';
import { cleanFinding } from '../clean-finding.ts';
import { type ChartFiles, chartPng } from './chart-png.ts';
import { chartSvg } from './chart-svg.ts';

/** A finding's chart as a PNG; undefined when there is none to draw, or it could not be drawn. */
export type DrawChart = (finding: Finding, timeZone: string) => Promise<Uint8Array | undefined>;

/**
 * Draws charts and never fails: an alert without its picture is complete, for the bars are in its HTML.
 * @param onFailure receives the reason why there is no picture
 */
export function chartDrawer(files: ChartFiles, onFailure: (error: unknown) => void): DrawChart {
  return async (finding, timeZone) => {
    try {
      const svg = chartSvg(cleanFinding(finding), timeZone);
      return svg === undefined ? undefined : await chartPng(svg, files);
    } catch (error) {
      onFailure(error);
      return undefined;
    }
  };
}
