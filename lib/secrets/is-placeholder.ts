const secretShape = /^[\w+/=-]+$/; // dots, <angle brackets>, bullets of a masked copy: none of them is in a secret
const oneCharacter = /^(.)\1*$/;
const placeholderWords = /^(your|my)[_-]|placeholder|example|change_?me/i;

/**
 * Whether what follows a secret's prefix stands for a secret instead of being one: anyone could guess it.
 * @example isPlaceholder('...') // true
 */
export function isPlaceholder(text: string): boolean {
  return !secretShape.test(text) || oneCharacter.test(text) || placeholderWords.test(text);
}
