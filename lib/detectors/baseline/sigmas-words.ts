import type { ExpectedRange } from './expected-range.ts';

/** How wide the usual is, and who says so. */
export function sigmasWords({ sigmas, learned }: ExpectedRange): string {
  const words = `${Number(sigmas.toFixed(1))} robust standard deviations, log scale`;
  return learned ? `${words}, as the account's own payments of the last weeks ask for` : words;
}
