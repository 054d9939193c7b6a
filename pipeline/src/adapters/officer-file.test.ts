import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOfficerFile, tokenDigest } from './officer-file.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayside-officers-'));
  path = join(folder, 'officers.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (officers: readonly object[]) =>
  writeFile(path, JSON.stringify({ schema: 'wayside.officers.v1', officers }));
const li = { id: 'li', name: 'Li Na', roles: ['reviewer'], tokenSha256: tokenDigest('token-of-li') };

describe('the file of officers', () => {
  it('is none where there is none', () => {
    expect(openOfficerFile(path)).toBeUndefined();
  });

  it('knows an officer by their token, and keeps no token', async () => {
    await write([li]);
    const book = openOfficerFile(path);
    expect(book?.byToken('token-of-li')).toEqual({ id: 'li', name: 'Li Na', roles: ['reviewer'] });
    expect(book?.byToken('another')).toBeUndefined();
    expect(book?.demo).toEqual([]);
  });

  it('forgets who has left without a restart', async () => {
    await write([li]);
    const book = openOfficerFile(path);
    await write([]);
    await utimes(path, 1, 1);
    expect(book?.byId('li')).toBeUndefined();
    expect(book?.byToken('token-of-li')).toBeUndefined();
  });

  it('says what is wrong with it', async () => {
    await write([{ ...li, roles: ['king'] }]);
    expect(() => openOfficerFile(path)).toThrow(/officers\/0\/roles\/0/);
  });
});
