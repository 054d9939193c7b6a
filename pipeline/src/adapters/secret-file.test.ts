import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSecret } from './secret-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayside-secret-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a secret of the house', () => {
  it('is made once, also by two at the same time, and then stays', async () => {
    const [one, other] = await Promise.all([openSecret(folder, 'a.key'), openSecret(folder, 'a.key')]);
    expect(other).toBe(one);
    expect(one).toHaveLength(43);
    expect(await openSecret(folder, 'a.key')).toBe(one);
    expect(await openSecret(folder, 'b.key')).not.toBe(one);
    expect((await readdir(folder)).sort()).toEqual(['a.key', 'b.key']);
  });

  it('is nobody else’s to read', async () => {
    await openSecret(folder, 'a.key');
    expect((await stat(join(folder, 'a.key'))).mode & 0o077).toBe(0);
  });
});
