import { closestName } from './closest-name.ts';

/** The question to a misspelt name, with a space before it; empty when no name is like it. @example didYouMean('of', ['off']) // ' Did you mean off?' */
export function didYouMean(wrong: string, names: readonly string[]): string {
  const closest = closestName(wrong, names);
  return closest === undefined ? '' : ` Did you mean ${closest}?`;
}
