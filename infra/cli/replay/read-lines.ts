import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FileError } from './file-error.ts';

/** Lines that were read at one go. */
export interface LineBlock {
  readonly file: string;
  /** The number of the first in its file, from 1. */
  readonly firstLine: number;
  readonly lines: readonly string[];
}

const chunkBytes = 65_536; // a quarter of the calls that zlib's own 16 KB take
const gzipMagic = Buffer.from([0x1f, 0x8b]);

/**
 * The lines of files or of standard input (`-`), one file after the other, plain or gzip: recognised by the first two
 * bytes, not by the name.
 * @throws FileError a file can't be read, or its gzip is broken
 */
export async function* readLines(files: readonly string[]): AsyncGenerator<LineBlock> {
  for (const file of files) {
    try {
      yield* linesOf(file);
    } catch (error) {
      throw new FileError(file === '-' ? 'Standard input' : file, error);
    }
  }
}

async function* linesOf(file: string): AsyncGenerator<LineBlock> {
  let firstLine = 1;
  let rest = '';
  for await (const chunk of textOf(file === '-' ? process.stdin : createReadStream(file))) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield { file, firstLine, lines };
    firstLine += lines.length;
  }
  if (rest !== '') yield { file, firstLine, lines: [rest] };
}

async function* textOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of unzipped(bytes)) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

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
  if (!first.subarray(0, 2).equals(gzipMagic)) return yield* whole;
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  pipeline(whole, gunzip, () => undefined); // an error of either comes to who reads `gunzip`
  yield* gunzip;
}
