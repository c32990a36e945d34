import { createHash } from 'node:crypto';

/**
 * A number in [0, 1) that looks random and depends on the seed alone.
 * @example seededFraction('Hexley Maps', 3) === seededFraction('Hexley Maps', 3) // true
 */
export function seededFraction(...seed: readonly (string | number)[]): number {
  const digest = createHash('sha256').update(seed.join('\n')).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}
