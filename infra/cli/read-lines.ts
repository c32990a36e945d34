import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

const gzipMagic = Buffer.from([0x1f, 0x8b]);

/**
 * The lines of a file or of standard input (`-`), plain or gzip: told by its first two bytes, not by its name.
 * @throws the file can't be read, or its gzip is broken
 */
export async function* readLines(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of textOf(file === '-' ? process.stdin : createReadStream(file))) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

async function* textOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of unzipped(bytes)) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** `Readable.from` passes errors on to the reader, also through `compose`. */
async function* unzipped(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks = bytes[Symbol.asyncIterator]();
  const { value: first, done } = await chunks.next();
  if (done === true) return;
  const whole = Readable.from(
    (async function* () {
      yield first;
      yield* { [Symbol.asyncIterator]: () => chunks };
    })(),
  );
  yield* first.subarray(0, 2).equals(gzipMagic) ? whole.compose(createGunzip()) : whole;
}
