export interface WordsOfSecret {
  readonly words: readonly string[];
  /** Why the other words are not used; none of them is in it. */
  readonly faults: readonly string[];
}

/**
 * The usable words of a secret, and what is wrong with the rest. White space and commas separate them; `secretText` undoes quotes and JSON before.
 * @param faultOf what is wrong with a word, without the word itself; undefined for a usable one
 * @example wordsOfSecret('a, b', (word) => (word === 'b' ? 'it is b' : undefined))
 *   // { words: ['a'], faults: ['word 2 of 2: it is b'] }
 */
export function wordsOfSecret(text: string, faultOf: (word: string) => string | undefined): WordsOfSecret {
  const all = text.split(/[\s,]+/).filter((word) => word !== '');
  if (all.length === 0) return { words: [], faults: ['it is empty'] };
  const judged = all.map((word) => ({ word, fault: faultOf(word) }));
  return {
    words: judged.filter(({ fault }) => fault === undefined).map(({ word }) => word),
    faults: judged.flatMap(({ fault }, index) =>
      fault === undefined ? [] : [`word ${index + 1} of ${all.length}: ${fault}`],
    ),
  };
}
