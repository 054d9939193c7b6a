/** Seeded chance (mulberry32), so that the demo is the same at every start. */
export interface Chance {
  /** 0 ≤ x < 1. */
  readonly next: () => number;
  readonly between: (low: number, high: number) => number;
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { next, between: (low, high) => low + next() * (high - low) };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export function tokenOf(seed: number): string {
  const { next } = chanceOf(seed * 2_654_435_761);
  return Array.from({ length: 43 }, () => ALPHABET[Math.floor(next() * 64)]).join('');
}

export function hashOf(seed: number): string {
  const { next } = chanceOf(seed ^ 0x5eed);
  return Array.from({ length: 64 }, () => Math.floor(next() * 16).toString(16)).join('');
}
