import type { GetSecretValueCommandOutput } from '@aws-sdk/client-secrets-manager';

/** How people put a word into a secret: as a shell, a console or a document had it. */
const quotes = /^["'`“”‘’]+|["'`“”‘’]+$/g;
const utf16LittleEndian = [0xff, 0xfe];

/**
 * The words of a secret as plain text, whichever way someone stored it: as text or binary, in quotes, or as JSON such as
 * the console makes of keys and values. Of JSON, only the values count. Nothing is judged here.
 * @example secretText({ SecretString: '{"whsec":"whsec_a"}' }) // 'whsec_a'
 */
export function secretText({
  SecretString,
  SecretBinary,
}: Pick<GetSecretValueCommandOutput, 'SecretString' | 'SecretBinary'>): string {
  const text = (SecretString ?? decoded(SecretBinary ?? new Uint8Array())).trim();
  const texts = textsInJson(text) ?? [text];
  const words = texts.flatMap((one) => one.split(/[\s,]+/)).map((word) => word.replace(quotes, ''));
  return words.filter((word) => word !== '').join(' ');
}

/** Redirecting to a file in PowerShell writes UTF-16. */
function decoded(bytes: Uint8Array): string {
  const isUtf16 = utf16LittleEndian.every((byte, index) => bytes[index] === byte);
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

/** Each text in an object, a list or a string of JSON; undefined when it is none of them. */
function textsInJson(text: string): readonly string[] | undefined {
  if (!/^["{[]/.test(text)) return undefined;
  const texts: string[] = [];
  try {
    JSON.parse(text, (_key, value: unknown) => {
      if (typeof value === 'string') texts.push(value);
      return value;
    });
  } catch {
    return undefined;
  }
  return texts;
}
