import { isNativeError } from 'node:util/types';

/** A file that somebody named can't be used; one sentence says which and why. */
export class FileError extends Error {
  override readonly name = 'FileError';

  /** @param cause what went wrong with it: the system's words lose their code and the path, which is said once */
  constructor(file: string, cause: unknown) {
    const why = isNativeError(cause) ? cause.message : String(cause);
    super(`${file} can't be read: ${why.replace(/^[A-Z]+: ([^,]+), .*$/, '$1')}`, { cause });
  }
}
