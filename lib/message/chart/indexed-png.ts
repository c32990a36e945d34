import { crc32, deflateSync } from 'node:zlib';

/** The signature of every PNG. Source of this and all below: PNG specification, third edition, 5 and 11. */
const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const bitDepth = 8;
const indexedColour = 3;
const mostColours = 256;

/**
 * Encodes an opaque picture of few colours as a PNG that names each of them once: half the size of one that writes out
 * every pixel.
 * @param rgba four bytes a pixel, row by row
 * @returns undefined when there are more than 256 colours
 */
export function indexedPng(rgba: Uint8Array, width: number): Buffer | undefined {
  const pixels = new DataView(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  const height = rgba.byteLength / 4 / width;
  const indexOf = new Map<number, number>();
  const rows = Buffer.alloc((width + 1) * height); // each row begins with its filter: 0, none
  let [colour, index, place] = [-1, 0, 0];
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const next = pixels.getUint32(pixel * 4);
    if (next !== colour) index = indexOf.get(next) ?? indexOf.size; // neighbours are mostly alike
    if (index === indexOf.size) indexOf.set(next, index);
    if (index === mostColours) return undefined;
    colour = next;
    place += pixel % width === 0 ? 2 : 1;
    rows[place - 1] = index;
  }
  const format = Buffer.from([bitDepth, indexedColour, 0, 0, 0]);
  const colours = [...indexOf.keys()].flatMap((key) => [key >>> 24, key >>> 16, key >>> 8]);
  return Buffer.concat([
    signature,
    chunk('IHDR', Buffer.concat([fourBytes(width), fourBytes(height), format])),
    chunk('PLTE', Buffer.from(colours)),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A chunk: length, type, content, checksum of type and content. */
function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  return Buffer.concat([fourBytes(content.length), body, fourBytes(crc32(body))]);
}

function fourBytes(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}
