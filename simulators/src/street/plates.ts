/** Plates of a made-up district. The same few hundred come by again and again, as they do on a real street. */
import type { Random } from './random.ts';

const REGULARS = 300;
const SYMBOLS = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';
/** Of all plates that pass: dirty, bent, none. */
const UNREADABLE = 0.03;

export interface Plates {
  /** @returns undefined where it cannot be read. */
  readonly next: () => string | undefined;
}

export function platesOf(random: Random): Plates {
  const letter = SYMBOLS.charAt(random.integer(8));
  const draw = (): string =>
    `辽${letter}${Array.from({ length: 5 }, () => SYMBOLS.charAt(random.integer(SYMBOLS.length))).join('')}`;
  const regulars = Array.from({ length: REGULARS }, draw);
  return {
    next() {
      if (random.chance(UNREADABLE)) return undefined;
      return random.chance(0.6) ? regulars[Math.floor(random.uniform() ** 2 * REGULARS)] : draw();
    },
  };
}
