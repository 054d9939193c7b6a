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

const trackFaults = (track: PointsTrack): readonly string[] => [
  ...educationFaults(track),
  ...orderFaults(track),
  ...cleanFaults(track),
];

function educationFaults({ cycle, education }: PointsTrack): readonly string[] {
  if (!education) return [];
  return [
    ...(education.most.months === undefined && !cycle
      ? ['/education/most names no months, and there is no cycle it could mean']
      : []),
    ...repeated(education.courses.map(({ id }) => id)).map(
      (id) => `/education/courses has "${id}" more than once`,
    ),
  ];
}

function orderFaults({ expiry, letters = [] }: PointsTrack): readonly string[] {
  const lines = expiry?.after.map(({ upToPoints }) => upToPoints) ?? [];
  return [
    ...(lines.some((line, i) => line <= (lines[i - 1] ?? 0))
      ? ['/expiry/after must go from few points to many']
      : []),
    ...repeated(letters.map(({ at }) => String(at))).map((at) => `/letters has two at ${at} points`),
  ];
}

const cleanFaults = ({ clean = [] }: PointsTrack): readonly string[] =>
  clean.flatMap(({ points, repeats, highest }, i) =>
    points !== 'all'
      ? []
      : [
          ...(highest !== undefined ? [`/clean/${i}: "all" leaves nothing over for a bonus`] : []),
          ...(repeats ? [`/clean/${i}: "all" cannot repeat`] : []),
        ],
  );

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
