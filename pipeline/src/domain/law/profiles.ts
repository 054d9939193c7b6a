/** Reads law profiles. All faults are found at once, each with its place, so that a profile is mended in one go. */
import { LawProfile } from '@wayside/contracts/law-profile';
import { jsonCheck, repeated, type DataText } from '../calendar/json-faults.ts';
import { contradictions } from './contradictions.ts';
import { sourceFaults } from './source-faults.ts';

export type LoadedProfiles =
  | { readonly ok: true; readonly profiles: readonly LawProfile[] }
  | { readonly ok: false; readonly faults: readonly string[] };

const check = jsonCheck(LawProfile);

/** @returns the profiles in the order given, or every fault of every text in words. */
export function loadProfiles(texts: readonly DataText[]): LoadedProfiles {
  const read = texts.map(({ name, text }) => ({ name, parsed: parseProfile(text) }));
  const profiles = read.flatMap(({ parsed }) => (parsed.ok ? [parsed.profile] : []));
  const faults = read.flatMap(({ name, parsed }) =>
    parsed.ok ? [] : parsed.faults.map((fault) => `${name}: ${fault}`),
  );
  for (const id of repeated(profiles.map((profile) => profile.id)))
    faults.push(`profile "${id}" is defined more than once`);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, profiles };
}

export type ParsedProfile =
  | { readonly ok: true; readonly profile: LawProfile }
  | { readonly ok: false; readonly faults: readonly string[] };

/** What the schema cannot say is found also in a text that breaks the schema elsewhere. */
export function parseProfile(text: string): ParsedProfile {
  const checked = check(text);
  const faults = [
    ...(checked.ok ? [] : checked.faults),
    ...contradictions(checked.value),
    ...sourceFaults(checked.value),
  ];
  return checked.ok && faults.length === 0 ? { ok: true, profile: checked.value } : { ok: false, faults };
}
