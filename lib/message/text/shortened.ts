/**
 * A text of at most `length` characters, with no character cut in two.
 * @example shortened('Amalgamated Holdings', 8) // 'Amalgam…'
 */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  let cut = '';
  for (const character of text) {
    if (cut.length + character.length >= length) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}
