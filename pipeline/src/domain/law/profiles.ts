/** Reads law profiles. All faults are found at once, each with its place, so that a profile is mended in one go. */
import { Compile } from 'typebox/compile';
import { LawProfile } from '@wayside/contracts/law-profile';

export interface ProfileText {
  /** What a fault is reported under: a file's name. */
  readonly name: string;
  readonly text: string;
}

export type LoadedProfiles =
  | { readonly ok: true; readonly profiles: readonly LawProfile[] }
  | { readonly ok: false; readonly faults: readonly string[] };

const validator = Compile(LawProfile);

/** @returns the profiles in the order given, or every fault of every text in words. */
export function loadProfiles(texts: readonly ProfileText[]): LoadedProfiles {
  const faults: string[] = [];
  const profiles: LawProfile[] = [];
  for (const { name, text } of texts) {
    const parsed = parseProfile(text);
    if (parsed.ok) profiles.push(parsed.profile);
    else faults.push(...parsed.faults.map((fault) => `${name}: ${fault}`));
  }
  for (const id of repeated(profiles.map((profile) => profile.id)))
    faults.push(`profile "${id}" is defined more than once`);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, profiles };
}

export type ParsedProfile =
  | { readonly ok: true; readonly profile: LawProfile }
  | { readonly ok: false; readonly faults: readonly string[] };

export function parseProfile(text: string): ParsedProfile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, faults: [`is not JSON: ${(error as Error).message}`] };
  }
  if (!validator.Check(value)) {
    const faults = validator.Errors(value).map((error) => `${error.instancePath || '/'} ${error.message}`);
    return { ok: false, faults };
  }
  const faults = crossFieldFaults(value);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, profile: value };
}

/** What the schema cannot say. @returns every fault, in words. */
function crossFieldFaults(profile: LawProfile): string[] {
  return [...sourceFaults(profile), ...accountFaults(profile), ...thresholdFaults(profile)];
}

function sourceFaults(profile: LawProfile): string[] {
  const ids = profile.sources.map((source) => source.id);
  const faults = repeated(ids).map((id) => `/sources has "${id}" more than once`);
  const known = new Set(ids);
  const cited = new Set<string>();
  for (const [path, id] of citations(profile)) {
    cited.add(id);
    if (!known.has(id)) faults.push(`${path} cites "${id}", which is not among /sources`);
  }
  for (const id of known) if (!cited.has(id)) faults.push(`/sources has "${id}", which nothing cites`);
  return faults;
}

function citations(profile: LawProfile): (readonly [path: string, id: string])[] {
  const found: (readonly [string, string])[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'sources') for (const id of inner as string[]) found.push([`${path}/sources`, id]);
      else visit(inner, `${path}/${key}`);
    }
  };
  for (const part of ['road', 'rail', 'appeal'] as const) visit(profile[part], `/${part}`);
  return found;
}

function accountFaults({ road }: LawProfile): string[] {
  const { counts, initial, limit } = road.account;
  if (counts === 'down' && limit >= initial)
    return ['/road/account/limit must be below initial where the account counts down'];
  if (counts === 'up' && limit <= initial)
    return ['/road/account/limit must be above initial where the account counts up'];
  return [];
}

function thresholdFaults({ road }: LawProfile): string[] {
  const { clearPetSeconds, maxPetSeconds, stoppedMps, yieldedMps } = road.thresholds;
  const faults: string[] = [];
  if (clearPetSeconds > maxPetSeconds)
    faults.push('/road/thresholds/clearPetSeconds must not exceed maxPetSeconds');
  if (stoppedMps > yieldedMps) faults.push('/road/thresholds/stoppedMps must not exceed yieldedMps');
  return faults;
}

const repeated = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];
