/** The house's evidence key: an Ed25519 pair kept in a folder, and signatures with it through jose. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { EvidenceSigner, PublicJwk } from '../app/evidence/signer.ts';

interface PrivateJwk extends PublicJwk {
  readonly d: string;
}

const PRIVATE_FILE = 'evidence-key.jwk.json';
const PUBLIC_FILE = 'evidence-keys.public.jwks.json';

export interface JwsSigner extends EvidenceSigner {
  readonly publicJwk: PublicJwk;
}

/** Makes the pair at first use (mode 0600); the public half is written beside it for whoever wants to check evidence. */
export async function openJwsSigner(folder: string): Promise<JwsSigner> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, PRIVATE_FILE);
  if (!existsSync(path)) await makeKey(folder, path);
  const jwk = JSON.parse(await readFile(path, 'utf8')) as PrivateJwk;
  const publicJwk = publicHalf(jwk);
  await publish(folder, publicJwk);
  const key = await importJWK({ ...jwk }, 'EdDSA');
  const encoder = new TextEncoder();
  return {
    keyId: jwk.kid,
    publicJwk,
    sign: (linkSha256) =>
      new CompactSign(encoder.encode(linkSha256))
        .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid })
        .sign(key),
  };
}

/** Every key this house ever signed with; empty where it never did. */
export async function readPublicKeys(folder: string): Promise<readonly PublicJwk[]> {
  const path = join(folder, PUBLIC_FILE);
  if (!existsSync(path)) return [];
  return (JSON.parse(await readFile(path, 'utf8')) as { readonly keys: readonly PublicJwk[] }).keys;
}

const publicHalf = ({ kty, crv, x, kid }: PublicJwk): PublicJwk => ({ kty, crv, x, kid });

async function makeKey(folder: string, path: string): Promise<void> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  const draft = join(folder, `.${PRIVATE_FILE}.${randomUUID()}`);
  await writeDurably(draft, { ...jwk, kid }, 0o600);
  // A link fails where the file stands already: of two that start at once the second takes the key of the first.
  await link(draft, path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  await rm(draft, { force: true });
}

async function publish(folder: string, key: PublicJwk): Promise<void> {
  const known = await readPublicKeys(folder);
  if (known.some(({ kid }) => kid === key.kid)) return;
  const path = join(folder, PUBLIC_FILE);
  const draft = `${path}.${randomUUID()}`;
  await writeDurably(draft, { keys: [...known, key] }, 0o644);
  await rename(draft, path);
}

async function writeDurably(path: string, value: object, mode: number): Promise<void> {
  const file = await open(path, 'w', mode);
  try {
    await file.writeFile(`${JSON.stringify(value, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}
