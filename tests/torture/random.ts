/** Chance that can be asked again: the same seed and the same question always have the same answer. */
import { createHash } from 'node:crypto';

/** @returns a number in [0, 1) that depends on nothing but what is asked. */
export function chance(...of: readonly (string | number)[]): number {
  const digest = createHash('sha256').update(of.join('/')).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/** A stream of such numbers. */
export function stream(...of: readonly (string | number)[]): () => number {
  let count = 0;
  return () => chance(...of, count++);
}

/** @param at a number in [0, 1). */
export function pick<T>(items: readonly T[], at: number): T {
  const item = items[Math.floor(at * items.length)];
  if (item === undefined) throw new RangeError('nothing to choose from');
  return item;
}

/** @param weights each at least 0, one above it. */
export function weighted<T>(items: readonly T[], weightOf: (item: T) => number, at: number): T {
  let left = at * items.reduce((sum, item) => sum + weightOf(item), 0);
  for (const item of items) {
    left -= weightOf(item);
    if (left < 0) return item;
  }
  return pick(items, 0.999_999);
}

/** A token's 43 characters, as an HMAC would look. */
export const tokenText = (...of: readonly (string | number)[]): string =>
  createHash('sha256').update(of.join('/')).digest('base64url').slice(0, 43);
