/** Canonical JSON (RFC 8785) and its SHA-256: the only way anything is hashed here. */
import { createHash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';

const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

/** @throws TypeError where the value has no JSON form (undefined, a function, NaN). */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('value has no canonical JSON form');
  return text;
}

/** @returns SHA-256 of the canonical JSON, lower-case hexadecimal. */
export const contentHash = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex');
