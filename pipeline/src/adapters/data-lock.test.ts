import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockData } from './data-lock.ts';

let dir = '';
let path = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wayside-lock-'));
  path = join(dir, 'lock');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;

describe('the lock of a data folder', () => {
  it('is refused to a second holder, in words that name the first, until it is released', () => {
    const release = lockData(path);
    expect(() => lockData(path)).toThrow(`another process (${process.pid}) has this data folder open`);
    release();
    lockData(path)();
    expect(existsSync(path)).toBe(false);
  });

  it('is refused while another live process holds it', () => {
    writeFileSync(path, JSON.stringify({ pid: process.ppid, started: null }));
    expect(() => lockData(path)).toThrow(expect.objectContaining({ code: 'data-in-use' }));
  });

  it.each([
    ['of a dead process', () => JSON.stringify({ pid: deadPid(), started: null })],
    [
      'of a process whose id another has now',
      () => JSON.stringify({ pid: process.ppid, started: 'an earlier boot/1' }),
    ],
    [
      'that this very process id left behind in an earlier life',
      () => JSON.stringify({ pid: process.pid, started: null }),
    ],
    ['that was cut off while it was written', () => '{"pi'],
  ])('is taken over from a lock %s', (_name, content) => {
    writeFileSync(path, content());
    const release = lockData(path);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
    release();
  });

  it('leaves nothing behind but the lock', () => {
    writeFileSync(path, '{"pid":');
    lockData(path)();
    expect(spawnSync('ls', ['-A', dir]).stdout.toString()).toBe('');
  });
});
