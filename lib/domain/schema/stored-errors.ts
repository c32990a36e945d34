/** A newer release wrote it: deploying that release again is the way out. */
export class NewerVersionError extends Error {
  constructor(what: string, found: number, known: number) {
    super(`${what} has version ${found}; this release reads ${known}. Deploy the newer release again.`);
    this.name = 'NewerVersionError';
  }
}

/** It is no value of its schema. The error says where, and repeats nothing of it: a log is no place for a bill. */
export class MalformedValueError extends Error {
  /** What is wrong, to stand in a sentence. */
  readonly fault: string;

  constructor(what: string, fault: string) {
    super(`${what} can't be read: ${fault}. It is left as it is.`);
    this.name = 'MalformedValueError';
    this.fault = fault;
  }
}
