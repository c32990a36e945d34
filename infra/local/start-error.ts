/** What keeps `npm start` from starting, as one sentence for the person who typed it; no stack trace. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
