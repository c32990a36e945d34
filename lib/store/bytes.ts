/** Unsigned integers up to 2^53 - 1 and short texts, a few bytes each. */
export interface ByteWriter {
  /** LEB128: seven bits a byte, lowest first. */
  varint(value: number): void;
  /** Signed as 0, -1, 1, -2, 2 ... so that small differences stay small; |value| < 2^52. */
  zigzag(value: number): void;
  fixed(value: number, length: number): void;
  text(value: string): void;
  bytes(): Uint8Array;
}

export function byteWriter(): ByteWriter {
  const bytes: number[] = [];
  const varint = (value: number): void => {
    let rest = value;
    // Division, not shifts: values pass 2^32.
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
    bytes.push(rest);
  };
  return {
    varint,
    zigzag: (value) => varint(value < 0 ? -2 * value - 1 : 2 * value),
    fixed(value, length) {
      const fixed = Buffer.alloc(length);
      fixed.writeUIntBE(value, 0, length);
      bytes.push(...fixed);
    },
    text(value) {
      const utf8 = Buffer.from(value, 'utf8');
      varint(utf8.length);
      bytes.push(...utf8);
    },
    bytes: () => Uint8Array.from(bytes),
  };
}

/** Reads what a `ByteWriter` wrote; each call throws a RangeError when the bytes end too early. */
export interface ByteReader {
  varint(): number;
  zigzag(): number;
  fixed(length: number): number;
  text(): string;
}

export function byteReader(from: Uint8Array): ByteReader {
  const bytes = Buffer.from(from.buffer, from.byteOffset, from.byteLength);
  let position = 0;
  const take = (length: number): number => {
    if (position + length > bytes.length) throw new RangeError('The bytes end too early.');
    position += length;
    return position - length;
  };
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes.readUInt8(take(1));
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  };
  return {
    varint,
    zigzag() {
      const value = varint();
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    },
    fixed: (length) => bytes.readUIntBE(take(length), length),
    text() {
      const length = varint();
      return bytes.toString('utf8', take(length), position);
    },
  };
}
