import { describe, expect, it } from 'vitest';
import { groupCommit } from './group-commit.ts';

const tick = () => new Promise((resolve) => setTimeout(resolve, 1));

describe('a group commit', () => {
  it('writes together what came while the last batch was written, in order', async () => {
    const batches: number[][] = [];
    const commit = groupCommit<number>(async (operations) => {
      await tick();
      batches.push(operations);
    });
    await Promise.all([commit.write([1, 2]), commit.write([3]), commit.write([4, 5])]);
    expect(batches).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  it('resolves only when the batch is written', async () => {
    let written = false;
    const commit = groupCommit(async () => {
      await tick();
      written = true;
    });
    await commit.write([1]);
    expect(written).toBe(true);
  });

  it('fails all of a batch that fails, and goes on with the next', async () => {
    let broken = true;
    const commit = groupCommit(() => (broken ? Promise.reject(new Error('disk')) : Promise.resolve()));
    await expect(commit.write([1])).rejects.toThrow('disk');
    broken = false;
    await commit.write([2]);
    await commit.idle();
  });
});
