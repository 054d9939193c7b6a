import { describe, expect, it } from 'vitest';
import { randomFrom } from '../numbers/random.ts';
import { createDrift, referenceOf } from './drift.ts';

const rows = (seed: number, shift: number, share: number, count = 3_000): Float32Array[] => {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () =>
    Float32Array.of(random.normal() + shift, random.uniform() < share ? 1 : 0),
  );
};

describe('drift', () => {
  it('is small where nothing moved, and large where it did', () => {
    const reference = referenceOf(rows(1, 0, 0.2));
    const same = createDrift(reference);
    const moved = createDrift(reference);
    for (const row of rows(2, 0, 0.2)) same.add(row);
    for (const row of rows(3, 1, 0.7)) moved.add(row);
    for (const index of same.indices() ?? []) expect(index).toBeLessThan(0.1);
    for (const index of moved.indices() ?? []) expect(index).toBeGreaterThan(0.25);
  });

  it('says nothing before it has seen enough, and forgets what is long past', () => {
    const reference = referenceOf(rows(1, 0, 0.2));
    const drift = createDrift(reference);
    for (const row of rows(4, 3, 0.9, 400)) drift.add(row);
    expect(drift.indices()).toBeUndefined();
    for (const row of rows(5, 0, 0.2)) drift.add(row);
    for (const index of drift.indices() ?? [1]) expect(index).toBeLessThan(0.1);
  });
});
