/** Seeded chance. Streams are named, so that drawing more in one place moves nothing in another. */
import { xoroshiro128plus } from 'pure-rand/generator/XoroShiro';

export interface Random {
  /** In [0, 1). */
  readonly uniform: () => number;
  readonly between: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  /** A whole number in [0, below). */
  readonly integer: (below: number) => number;
  readonly normal: (mean: number, deviation: number) => number;
  readonly exponential: (mean: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
  /** Weights need not sum to one. */
  readonly weighted: <T extends string>(weights: Readonly<Record<T, number>>) => T;
}

/** @returns the same stream of numbers for the same seed and names, on every machine. */
export function randomStream(seed: number, ...names: readonly (string | number)[]): Random {
  const generator = xoroshiro128plus(hash32(`${seed}/${names.join('/')}`));
  const uniform = (): number => (generator.unsafeNext() >>> 0) / 4_294_967_296;
  const normal = (mean: number, deviation: number): number => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * uniform());
  };
  return {
    uniform,
    normal,
    between: (low, high) => low + (high - low) * uniform(),
    chance: (probability) => uniform() < probability,
    integer: (below) => Math.floor(uniform() * below),
    exponential: (mean) => -mean * Math.log(1 - uniform()),
    pick: <T>(items: readonly T[]): T => items[Math.floor(uniform() * items.length)] as T,
    weighted: (weights) => pickWeighted(weights, uniform()),
  };
}

function pickWeighted<T extends string>(weights: Readonly<Record<T, number>>, at: number): T {
  const entries = Object.entries(weights) as [T, number][];
  let left = at * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [item, weight] of entries) {
    left -= weight;
    if (left < 0) return item;
  }
  return (entries.at(-1) as [T, number])[0];
}

/** FNV-1a. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}
