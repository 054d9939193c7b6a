/** Reads points schemes, each beside its law profile. All faults are found at once, so that one is mended in one go. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import { PointsScheme, type PointsTrack } from '@wayside/contracts/points-scheme';
import { jsonCheck, repeated, type DataText } from '../calendar/json-faults.ts';
import { isKnownTimeZone } from '../calendar/time-zone.ts';
import { sourceFaults } from '../law/source-faults.ts';

export type LoadedSchemes =
  | { readonly ok: true; readonly schemes: ReadonlyMap<string, PointsScheme> }
  | { readonly ok: false; readonly faults: readonly string[] };

const check = jsonCheck(PointsScheme);

/** @param profiles by id; a scheme whose profile is not there is not compared with one. */
export function loadSchemes(
  texts: readonly DataText[],
  profiles: ReadonlyMap<string, LawProfile>,
): LoadedSchemes {
  const read = texts.map(({ name, text }) => ({ name, checked: check(text) }));
  const schemes = read.flatMap(({ checked }) => (checked.ok ? [checked.value] : []));
  const faults = read.flatMap(({ name, checked }) => {
    const own = checked.ok ? schemeFaults(checked.value, profiles) : checked.faults;
    return [...own, ...sourceFaults(checked.value)].map((fault) => `${name}: ${fault}`);
  });
  for (const id of repeated(schemes.map(({ id }) => id))) faults.push(`scheme "${id}" is defined twice`);
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, schemes: new Map(schemes.map((scheme) => [scheme.id, scheme])) };
}

function schemeFaults(scheme: PointsScheme, profiles: ReadonlyMap<string, LawProfile>): readonly string[] {
  const profile = profiles.get(scheme.id);
  const zone = isKnownTimeZone(scheme.timeZone.id)
    ? []
    : [`/timeZone/id names "${scheme.timeZone.id}", which is no time zone`];
  return [
    ...zone,
    ...(['road', 'rail'] as const).flatMap((name) =>
      [
        ...trackFaults(scheme[name]),
        ...(profile ? accountFaults(scheme[name], profile[name].account) : []),
      ].map((fault) => `/${name}${fault}`),
    ),
    ...(scheme.road.restriction ? ['/road/restriction: only tickets can be kept from somebody'] : []),
  ];
}

function trackFaults({ cycle, education, expiry, letters = [], clean = [] }: PointsTrack): readonly string[] {
  const faults: string[] = [];
  if (education && education.most.months === undefined && !cycle)
    faults.push('/education/most names no months, and there is no cycle it could mean');
  for (const id of repeated(education?.courses.map((course) => course.id) ?? []))
    faults.push(`/education/courses has "${id}" more than once`);
  const lines = expiry?.after.map(({ upToPoints }) => upToPoints) ?? [];
  if (lines.some((line, i) => line <= (lines[i - 1] ?? 0)))
    faults.push('/expiry/after must go from few points to many');
  for (const at of repeated(letters.map((letter) => String(letter.at))))
    faults.push(`/letters has two at ${at} points`);
  for (const [i, { points, repeats, highest }] of clean.entries()) {
    if (points === 'all' && highest !== undefined)
      faults.push(`/clean/${i}: "all" leaves nothing over for a bonus`);
    if (repeats && points === 'all') faults.push(`/clean/${i}: "all" cannot repeat`);
  }
  return faults;
}

interface AccountRules {
  readonly counts: 'down' | 'up';
  readonly initial: number;
  readonly limit: number;
}

function accountFaults(
  { clean = [], letters = [] }: PointsTrack,
  { counts, initial, limit }: AccountRules,
): readonly string[] {
  const faults: string[] = [];
  const most = Math.abs(limit - initial);
  for (const [i, { highest }] of clean.entries()) {
    if (highest === undefined) continue;
    if (counts === 'up') faults.push(`/clean/${i}/highest: an account that counts up is awarded nothing`);
    else if (highest <= initial)
      faults.push(`/clean/${i}/highest is ${highest}, not above the ${initial} it begins with`);
  }
  for (const [i, { at }] of letters.entries())
    if (at > most) faults.push(`/letters/${i}/at is ${at}, but the limit is reached at ${most}`);
  return faults;
}
