/**
 * Checks evidence offline, with nothing but the evidence and the public key. Deliberately not the code that seals: the
 * signature is verified with node:crypto from the bytes of the JWS (RFC 7515, RFC 8037).
 */
import { createPublicKey, verify } from 'node:crypto';
import { contentHash } from '@wayside/contracts/canonical';
import type { Evidence, EvidenceSeal } from '@wayside/contracts/infraction';
import { linkHash } from './chain.ts';
import type { PublicJwk } from './signer.ts';

/** @returns every fault in words; empty where body, link and signature belong together. */
export function checkSeal({ body, seal }: Evidence, key: PublicJwk): readonly string[] {
  const faults = [];
  if (contentHash(body) !== seal.bodySha256) faults.push('the body is not the one that was hashed');
  return [...faults, ...checkLink(seal, key)];
}

/** As checkSeal, for a seal whose body is checked elsewhere (or is not at hand). */
export function checkLink(seal: EvidenceSeal, key: PublicJwk): readonly string[] {
  const faults = [];
  if (linkHash(seal) !== seal.linkSha256) faults.push('the link is not the hash of its own content');
  if (seal.keyId !== key.kid) faults.push(`sealed with key ${seal.keyId}, not ${key.kid}`);
  if (!signatureHolds(seal, key)) faults.push('the signature does not hold for this link and key');
  return faults;
}

function signatureHolds({ signature, linkSha256, keyId }: EvidenceSeal, key: PublicJwk): boolean {
  const [header = '', payload = '', mac = '', ...rest] = signature.split('.');
  if (rest.length > 0 || !headerIsOurs(header, keyId)) return false;
  if (Buffer.from(payload, 'base64url').toString('utf8') !== linkSha256) return false;
  const publicKey = createPublicKey({ key: { ...key }, format: 'jwk' });
  return verify(null, Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(mac, 'base64url'));
}

function headerIsOurs(header: string, keyId: string): boolean {
  try {
    const fields = JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as Record<string, unknown>;
    return fields['alg'] === 'EdDSA' && fields['kid'] === keyId && !('crit' in fields);
  } catch {
    return false;
  }
}
