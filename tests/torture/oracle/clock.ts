import { chance } from '../random.ts';
import type { Player } from './cast.ts';

const MINUTE_MS = 60_000;
const MOST_JUMP_MS = 180 * MINUTE_MS;
const JUMP_SHARE = 0.12;

/**
 * A device's clock at the beginning of its nth fact. Now and then it was set wrong for one of them, by minutes to hours,
 * ahead or back.
 */
export function factTimeMs({ seed, device, startMs }: Player, index: number, everyMs: number): number {
  return startMs + index * everyMs + jumpMs(seed, device, index);
}

export function jumpMs(seed: number, device: string, index: number): number {
  if (chance(seed, device, index, 'jumps') >= JUMP_SHARE) return 0;
  const size = MINUTE_MS + Math.floor(chance(seed, device, index, 'by') * MOST_JUMP_MS);
  return chance(seed, device, index, 'back') < 0.5 ? -size : size;
}
