import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactVerify, importJWK } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJwsSigner, readPublicKeys } from './jws-signer.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'wayside-keys-')), 'keys');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

describe('the evidence key', () => {
  it('stays the same from one start to the next', async () => {
    const first = await openJwsSigner(folder);
    const second = await openJwsSigner(folder);
    expect(second.publicJwk).toEqual(first.publicJwk);
  });

  it('is one key, also where two processes start at once', async () => {
    const signers = await Promise.all([openJwsSigner(folder), openJwsSigner(folder), openJwsSigner(folder)]);
    expect(new Set(signers.map(({ keyId }) => keyId)).size).toBe(1);
  });

  it('lets nobody else read its private half, and leaves no draft behind', async () => {
    await openJwsSigner(folder);
    const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
    expect(Object.fromEntries(modes)).toEqual({
      'evidence-key.jwk.json': 0o600,
      'evidence-keys.public.jwks.json': 0o644,
    });
  });

  it('shows its public half, and only that', async () => {
    const { publicJwk } = await openJwsSigner(folder);
    expect(await readPublicKeys(folder)).toEqual([publicJwk]);
    expect(readFileSync(join(folder, 'evidence-keys.public.jwks.json'), 'utf8')).not.toContain('"d"');
  });

  it('signs so that any JOSE library can verify it', async () => {
    const signer = await openJwsSigner(folder);
    const jws = await signer.sign('a'.repeat(64));
    const { payload, protectedHeader } = await compactVerify(
      jws,
      await importJWK({ ...signer.publicJwk }, 'EdDSA'),
    );
    expect(new TextDecoder().decode(payload)).toBe('a'.repeat(64));
    expect(protectedHeader).toEqual({ alg: 'EdDSA', kid: signer.keyId });
  });

  it('is unknown where no house ever signed', async () => {
    expect(await readPublicKeys(folder)).toEqual([]);
  });
});
