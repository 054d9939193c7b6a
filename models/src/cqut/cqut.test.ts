import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { interactionFeatures } from './interaction-features.ts';
import { readInteractions } from './read-interactions.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'cqut-pvi');
const folder = mkdtempSync(join(tmpdir(), 'cqut-'));

/** event, pedestrian x y v a wait, vehicle x y v a wait, distance, PET */
const row = (k: number, waits: readonly [number, number], laterX = 0): string =>
  [1, 10, 9 - k, 1, 0, waits[0], 4 + k + laterX, 5, 3, 0, waits[1], 7 - k, 4].join('\t');

const read = (lines: readonly string[]) => {
  writeFileSync(join(folder, 'CP2.txt'), `${lines.join('\r\n')}\r\n`);
  return readInteractions(folder);
};

describe('an interaction of the CQUT recordings', () => {
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('shows a model neither who waited nor what came after the first second', () => {
    const base = [0, 1, 2, 3, 4, 5, 6].map((k) => row(k, [0, 0]));
    const other = [0, 1, 2, 3, 4, 5, 6].map((k) => row(k, [k, 9], k >= 5 ? 8 : 0));
    const [plain] = read(base).interactions;
    const [waiting] = read(other).interactions;
    expect(plain?.positive).toBeUndefined();
    expect(waiting?.positive).toBe(false);
    if (!plain || !waiting) throw new Error('not read');
    expect(interactionFeatures(waiting)).toEqual(interactionFeatures(plain));
    expect(interactionFeatures(plain).every(Number.isFinite)).toBe(true);
  });

  it('rejects malformed lines and counts them', () => {
    const { interactions, rejectedLines } = read([row(0, [0, 0]), '1\t2\tx', row(1, [1, 0])]);
    expect(rejectedLines).toBe(1);
    expect(interactions.map(({ samples, positive }) => [samples.length, positive])).toEqual([[2, true]]);
  });
});

describe.skipIf(!existsSync(FOLDER))('the CQUT recordings (../shared/data/cqut-pvi)', () => {
  it('hold 2,089 interactions, a third of those with a label positive', () => {
    const { interactions, rejectedLines } = readInteractions(FOLDER);
    expect(interactions).toHaveLength(2089);
    expect(rejectedLines).toBe(24);
    const labelled = interactions.filter(({ positive }) => positive !== undefined);
    expect(labelled).toHaveLength(2023);
    expect(labelled.filter(({ positive }) => positive)).toHaveLength(686);
  });
});
