/** Reads the law profiles that this house ships. */
import { readdirSync, readFileSync } from 'node:fs';
import type { LawProfile } from '@wayside/contracts/law-profile';
import { loadProfiles } from '../domain/law/profiles.ts';

const FOLDER = new URL('../../profiles/', import.meta.url);

/** @throws Error naming every fault of every file. */
export function loadProfileFiles(): readonly LawProfile[] {
  const names = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort();
  const loaded = loadProfiles(
    names.map((name) => ({ name, text: readFileSync(new URL(name, FOLDER), 'utf8') })),
  );
  if (!loaded.ok) throw new Error(`law profiles contradict themselves:\n  ${loaded.faults.join('\n  ')}`);
  return loaded.profiles;
}
