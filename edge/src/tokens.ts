/**
 * Plates, tickets and staff numbers as keyed tokens (contracts/tokens.ts): HMAC-SHA-256 under the jurisdiction's key
 * over `<kind>:<normalised text>`. The kind is part of the text, so that a plate and a ticket that read alike do not
 * share a token, and road and rail stay apart.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PlateToken, TicketToken } from '@wayside/contracts/tokens';
import { normalise } from './domain/normalise.ts';

export interface Tokens {
  /** Each gives undefined where the text holds nothing legible. */
  plate(text: string): PlateToken | undefined;
  ticket(text: string): TicketToken | undefined;
  staff(text: string): string | undefined;
}

export class TokenKeyError extends Error {
  override readonly name = 'TokenKeyError';
  readonly code: 'key-too-short' | 'key-readable-by-others' | 'key-unreadable';

  constructor(code: TokenKeyError['code'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

const KEY_BYTES = 32;

/** @throws TokenKeyError `key-too-short` */
export function tokensOf(key: Uint8Array): Tokens {
  if (key.length < KEY_BYTES)
    throw new TokenKeyError('key-too-short', `a token key has ${KEY_BYTES} bytes, not ${key.length}`);
  const token = (kind: 'plate' | 'ticket' | 'staff', text: string): string | undefined => {
    const normal = normalise(text);
    if (normal === '') return undefined;
    return `${kind}_${createHmac('sha256', key).update(`${kind}:${normal}`).digest('base64url')}`;
  };
  return {
    plate: (text) => token('plate', text),
    ticket: (text) => token('ticket', text),
    staff: (text) => token('staff', text),
  };
}

/**
 * Tokens under the key in a file, which is made with 32 random bytes where it is missing. All devices of one
 * jurisdiction must have the same key, or one plate has several accounts.
 * @throws TokenKeyError
 */
export async function loadTokens(file: string): Promise<Tokens> {
  await makeKeyIfMissing(file);
  return tokensOf(await readKey(file));
}

async function readKey(file: string): Promise<Buffer> {
  try {
    const { mode } = await stat(file);
    const othersMayRead = process.platform !== 'win32' && (mode & 0o077) !== 0;
    if (othersMayRead)
      throw new TokenKeyError('key-readable-by-others', `${file} is open to others; run: chmod 600 ${file}`);
    return await readFile(file);
  } catch (error) {
    if (error instanceof TokenKeyError) throw error;
    throw new TokenKeyError('key-unreadable', `cannot read the token key ${file}`, error);
  }
}

/** Written apart and then linked, so that two processes that start at once end with one whole key. */
async function makeKeyIfMissing(file: string): Promise<void> {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    if (await exists(file)) return;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(draft, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
    await chmod(draft, 0o600);
    await link(draft, file);
  } catch (error) {
    if (!(await exists(file)))
      throw new TokenKeyError('key-unreadable', `cannot make the token key ${file}`, error);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
