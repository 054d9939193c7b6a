import { describe, expect, it } from 'vitest';
import { auc } from '../metrics/metrics.ts';
import { randomFrom } from '../numbers/random.ts';
import { binColumns, BINS } from './bins.ts';
import { boostTrees } from './boosted-trees.ts';
import { forestOf, logOddsOf, plantedForest, type Tree } from './forest.ts';

const OPTIONS = {
  seed: 5,
  trees: 60,
  leaves: 8,
  leastLeaf: 10,
  learningRate: 0.1,
  ridge: 1,
  rowShare: 0.7,
  columnShare: 1,
} as const;

/** Inside a ring: no single edge parts the two. The third column tells nothing. */
function ring(count: number, seed: number) {
  const random = randomFrom(seed);
  const rows = Array.from({ length: count }, () =>
    Float32Array.of(random.normal(), random.normal(), random.normal()),
  );
  return { rows, positives: rows.map((row) => Math.hypot(row[0] ?? 0, row[1] ?? 0) < 1) };
}

describe('boosted trees', () => {
  const forest = boostTrees(ring(2000, 1), OPTIONS);

  it('learn what no single edge parts, and tell it of rows they have not seen', () => {
    const { rows, positives } = ring(1000, 2);
    const samples = rows.map((row, i) => ({
      score: logOddsOf(forest, row),
      positive: positives[i] === true,
    }));
    expect(auc(samples)).toBeGreaterThan(0.98);
  });

  it('say log-odds that mean what they say', () => {
    const { rows, positives } = ring(4000, 3);
    const mean =
      rows.reduce((sum, row) => sum + 1 / (1 + Math.exp(-logOddsOf(forest, row))), 0) / rows.length;
    expect(mean).toBeCloseTo(positives.filter(Boolean).length / positives.length, 1);
  });

  it('are the same from the same seed, and others from another', () => {
    expect(boostTrees(ring(2000, 1), OPTIONS)).toEqual(forest);
    expect(boostTrees(ring(2000, 1), { ...OPTIONS, seed: 6 })).not.toEqual(forest);
  });

  it('leave no leaf with fewer rows than asked for', () => {
    const { rows, positives } = ring(300, 4);
    const { columns, rights, numbers } = boostTrees(
      { rows, positives },
      { ...OPTIONS, trees: 1, rowShare: 1, leastLeaf: 40 },
    );
    const countIn = (at: number, members: readonly Float32Array[]): number[] => {
      const column = columns[at] as number;
      if (column < 0) return [members.length];
      const isLeft = (row: Float32Array): boolean => (row[column] as number) < (numbers[at] as number);
      return [
        ...countIn(at + 1, members.filter(isLeft)),
        ...countIn(
          rights[at] as number,
          members.filter((row) => !isLeft(row)),
        ),
      ];
    };
    const counts = countIn(0, rows);
    expect(counts.length).toBeGreaterThan(2);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(40);
  });
});

describe('a forest', () => {
  const leaf = (logOdds: number): Tree => ({ kind: 'leaf', logOdds });
  const trees: readonly Tree[] = [
    {
      kind: 'split',
      column: 1,
      below: 2,
      left: { kind: 'split', column: 0, below: 0.5, left: leaf(1), right: leaf(2) },
      right: leaf(4),
    },
    leaf(0.25),
  ];

  it('adds what each of its trees says to what was known before', () => {
    const forest = forestOf(-8, trees);
    expect(logOddsOf(forest, Float32Array.of(0, 1))).toBe(-6.75);
    expect(logOddsOf(forest, Float32Array.of(0.5, 1))).toBe(-5.75);
    expect(logOddsOf(forest, Float32Array.of(0, 2))).toBe(-3.75);
  });

  it('is told by its nodes in order, and refused where one is missing', () => {
    const forest = forestOf(-8, trees);
    expect(plantedForest(-8, forest.columns, forest.numbers)).toEqual(forest);
    expect(() => plantedForest(-8, forest.columns.slice(0, 4), forest.numbers.slice(0, 4))).toThrow(
      /cut off/,
    );
  });
});

describe('bins', () => {
  it('part all values where they are few, and evenly where they are many', () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => Float32Array.of(i, i % 3, 7));
    const [many, few, one] = binColumns(rows);
    expect([...new Set(few?.codes)]).toHaveLength(3);
    expect([...new Set(one?.codes)]).toEqual([0]);
    const counts = new Map<number, number>();
    for (const code of many?.codes ?? []) counts.set(code, (counts.get(code) ?? 0) + 1);
    expect(counts.size).toBe(BINS);
    expect(Math.max(...counts.values())).toBeLessThan((1.1 * rows.length) / BINS);
  });
});
