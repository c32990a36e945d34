/**
 * A mean of what is counted in whole numbers, as the end of a sentence.
 * @param each of what it is the mean, to stand behind the number
 * @example meanWords(2.34, ' a day') // 'about 2.3 a day', meanWords(0.04) // 'fewer than one', meanWords(0) // 'none'
 */
export function meanWords(mean: number, each = ''): string {
  if (mean === 0) return 'none';
  return `${mean < 1 ? 'fewer than one' : `about ${mean.toFixed(1)}`}${each}`;
}
