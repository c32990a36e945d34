import { isNativeError } from 'node:util/types';

const gzipWords: Readonly<Record<string, string>> = {
  Z_BUF_ERROR: 'its gzip is cut off, so fetch it again',
  Z_DATA_ERROR: 'its gzip is damaged, so fetch it again',
};

/**
 * What went wrong with a file, in words for people: the system's lose their code and the path, zlib's say what to do.
 * @example systemWords(new Error('ENOSPC: no space left on device, write')) // 'no space left on device'
 */
export function systemWords(error: unknown): string {
  if (!isNativeError(error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return gzipWords[code] ?? error.message.replace(/^[A-Z]+: ([^,]+), .*$/, '$1');
}
