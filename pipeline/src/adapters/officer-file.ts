/** The officers of a house, in `officers.json` of its data folder. Read again when it has changed, so that who left is out. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { OfficerFile, type Officer } from '@wayside/contracts/officers';
import { Compile } from 'typebox/compile';
import type { OfficerBook } from '../app/officers/officer-book.ts';

const validator = Compile(OfficerFile);

type Entry = OfficerFile['officers'][number];

/** @throws Error naming every fault, where the file is there and wrong. @returns undefined where there is none. */
export function openOfficerFile(path: string): OfficerBook | undefined {
  let version = versionOf(path);
  if (version === undefined) return undefined;
  let entries = readOfficers(path);
  const current = (): readonly Entry[] => {
    const now = versionOf(path);
    if (now !== version) {
      entries = now === undefined ? [] : readOfficers(path);
      version = now;
    }
    return entries;
  };
  return {
    demo: [],
    byId: (id) => officerOf(current().find((entry) => entry.id === id)),
    byToken: (token) => officerOf(findByToken(current(), token)),
  };
}

/** @throws Error naming every fault. */
export function readOfficers(path: string): readonly Entry[] {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!validator.Check(value)) {
    const faults = [...validator.Errors(value)].map((error) => `${error.instancePath} ${error.message}`);
    throw new Error(`${path} is not a list of officers:\n  ${faults.join('\n  ')}`);
  }
  return value.officers;
}

export const tokenDigest = (token: string): string => createHash('sha256').update(token).digest('hex');

/** All are compared, so that the time says nothing of where the right one stands. */
function findByToken(entries: readonly Entry[], token: string): Entry | undefined {
  const digest = Buffer.from(tokenDigest(token), 'hex');
  return entries.filter((entry) => timingSafeEqual(Buffer.from(entry.tokenSha256, 'hex'), digest)).at(0);
}

function officerOf(entry: Entry | undefined): Officer | undefined {
  if (!entry) return undefined;
  const { id, name, roles } = entry;
  return { id, name, roles };
}

function versionOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && `${found.mtimeMs} ${found.size} ${found.ino}`;
}
