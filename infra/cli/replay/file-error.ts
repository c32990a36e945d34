import { systemWords } from '../system-words.ts';

/** A file that someone named can't be used; one sentence says which and why. */
export class FileError extends Error {
  override readonly name = 'FileError';

  /** @param cause what went wrong with it */
  constructor(file: string, cause: unknown) {
    super(`${file} can't be read: ${systemWords(cause)}`, { cause });
  }
}
