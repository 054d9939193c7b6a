import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginBoot, completeBoot } from './boot-book.ts';

let dir: string;
let file: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'wayside-boots-'));
  file = join(dir, 'boots', 'cam-a.json');
});
afterEach(() => rm(dir, { recursive: true }));

describe('the book of boots', () => {
  it('counts what the outbox has numbered since the boot began', async () => {
    expect(await beginBoot(file, 'one', 40)).toEqual({ stored: 0, complete: false });
    expect(await beginBoot(file, 'one', 47)).toEqual({ stored: 7, complete: false });
  });

  it('does not count another boot’s messages, whichever came between', async () => {
    await beginBoot(file, 'one', 0);
    expect(await beginBoot(file, 'two', 5)).toEqual({ stored: 0, complete: false });
    expect(await beginBoot(file, 'one', 9)).toEqual({ stored: 5, complete: false });
    expect(await beginBoot(file, 'two', 11)).toEqual({ stored: 4, complete: false });
  });

  it('remembers what is complete', async () => {
    await beginBoot(file, 'one', 0);
    await completeBoot(file, 'one');
    expect(await beginBoot(file, 'one', 12)).toEqual({ stored: 12, complete: true });
  });

  it('is not overwritten where it is not understood', async () => {
    await beginBoot(file, 'one', 0);
    await writeFile(file, '{"schema":"wayside.boot-book.v9","boots":{}}');
    await expect(beginBoot(file, 'one', 0)).rejects.toThrow('not a boot book');
  });
});
