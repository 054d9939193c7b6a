import { randomBytes } from 'node:crypto';
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlateToken, StaffToken, TicketToken } from '@wayside/contracts/tokens';
import { Value } from 'typebox/value';
import { afterEach, describe, expect, it } from 'vitest';
import { benchTop } from './testing/bench-top.ts';
import { loadTokens, tokensOf } from './tokens.ts';

const top = benchTop();
afterEach(() => top.clear());

const key = Buffer.alloc(32, 7);

describe('tokens', () => {
  it('fit the contract', () => {
    const tokens = tokensOf(key);
    expect(Value.Check(PlateToken, tokens.plate('AB12 CDE'))).toBe(true);
    expect(Value.Check(TicketToken, tokens.ticket('E1'))).toBe(true);
    expect(Value.Check(StaffToken, tokens.staff('C-17'))).toBe(true);
  });

  it('are the same for every spelling, and other under another key', () => {
    const tokens = tokensOf(key);
    expect(tokens.plate('ab12-cde')).toBe(tokens.plate('AB12 CDE'));
    expect(tokens.plate('AB12CDF')).not.toBe(tokens.plate('AB12CDE'));
    expect(tokensOf(randomBytes(32)).plate('AB12CDE')).not.toBe(tokens.plate('AB12CDE'));
  });

  it('keep a plate and a ticket that read alike apart', () => {
    const tokens = tokensOf(key);
    expect(tokens.plate('AB12')?.split('_')[1]).not.toBe(tokens.ticket('AB12')?.split('_')[1]);
  });

  it('are HMAC-SHA-256 of kind and normalised text', () => {
    // python3 -c "import hmac,base64;print(base64.urlsafe_b64encode(hmac.digest(b'\7'*32,b'plate:AB12CDE','sha256')))"
    expect(tokensOf(key).plate('ab12 cde')).toBe('plate_MJDBOQMi9WBK7gZjGNx66p2ggoxcB8Xek1CddvdrS1s');
  });

  it('are none where nothing is legible', () => {
    expect(tokensOf(key).plate(' - ')).toBeUndefined();
  });

  it('refuse a short key', () => {
    expect(() => tokensOf(Buffer.alloc(16))).toThrow(/32 bytes/);
  });
});

describe('a token key file', () => {
  it('is made once, for its owner only, also when two start at the same time', async () => {
    const file = join(await top.dir(), 'deep', 'token.key');
    const both = await Promise.all([loadTokens(file), loadTokens(file)]);
    const later = await loadTokens(file);
    expect(new Set([...both, later].map((tokens) => tokens.plate('AB12'))).size).toBe(1);
    expect(await readFile(file)).toHaveLength(32);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is refused where others may read it', async () => {
    const file = join(await top.dir(), 'token.key');
    await loadTokens(file);
    await chmod(file, 0o644);
    await expect(loadTokens(file)).rejects.toMatchObject({ code: 'key-readable-by-others' });
  });

  it('is refused where it is too short', async () => {
    const file = join(await top.dir(), 'token.key');
    await writeFile(file, 'secret', { mode: 0o600 });
    await expect(loadTokens(file)).rejects.toMatchObject({ code: 'key-too-short' });
  });

  it('is refused where it cannot be made', async () => {
    const file = join(await top.dir(), 'token.key');
    await writeFile(file, randomBytes(32), { mode: 0o600 });
    await expect(loadTokens(join(file, 'below'))).rejects.toMatchObject({ code: 'key-unreadable' });
  });
});
