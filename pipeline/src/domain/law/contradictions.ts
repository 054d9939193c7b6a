/** Where a law profile contradicts itself. Reads what is there, also where more is missing. */
import { LawProfile } from '@wayside/contracts/law-profile';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { bandFaults } from './band-faults.ts';

const { road, rail, sources, reviewedBy } = LawProfile.properties;
const isObject = Compile(Type.Record(Type.String(), Type.Unknown()));
const isRoadAccount = Compile(road.properties.account);
const isRailAccount = Compile(rail.properties.account);
const isRoadRules = Compile(road.properties.rules);
const isRailRules = Compile(rail.properties.rules);
const isThresholds = Compile(road.properties.thresholds);
const isSources = Compile(sources);
const isReviewedBy = Compile(reviewedBy);

/** @returns every fault in words, each with its place. */
export function contradictions(profile: unknown): readonly string[] {
  if (!isObject.Check(profile)) return [];
  return [
    ...roadFaults(profile['road']),
    ...railFaults(profile['rail']),
    ...standingFaults(profile),
    ...lightAndSpeedFaults(profile),
    ...versionFaults(profile['version']),
  ];
}

function roadFaults(value: unknown): readonly string[] {
  if (!isObject.Check(value)) return [];
  const { account, rules, thresholds } = value;
  const faults = [
    ...(isRoadAccount.Check(account) ? directionFaults(account) : []),
    ...(isRoadAccount.Check(account) && isRoadRules.Check(rules) ? pointFaults(account, rules) : []),
    ...(isThresholds.Check(thresholds) ? thresholdFaults(thresholds) : []),
  ];
  return faults.map((fault) => `/road${fault}`);
}

function lightAndSpeedFaults({
  road: roadPart,
  sources: given,
}: Readonly<Record<string, unknown>>): readonly string[] {
  if (!isObject.Check(roadPart)) return [];
  const all = isSources.Check(given) ? given : [];
  const own = all.filter(({ standing }) => standing === 'project-rule').map(({ id }) => id);
  return bandFaults(roadPart, new Set(own)).map((fault) => `/road${fault}`);
}

function railFaults(value: unknown): readonly string[] {
  if (!isObject.Check(value)) return [];
  const { account, rules } = value;
  if (!isRailAccount.Check(account) || !isRailRules.Check(rules)) return [];
  return pointFaults(account, rules).map((fault) => `/rail${fault}`);
}

interface Account {
  readonly counts: 'down' | 'up';
  readonly initial: number;
  readonly limit: number;
}

function directionFaults({ counts, initial, limit }: Account): readonly string[] {
  if (counts === 'down' && limit >= initial)
    return ['/account/limit must be below initial where the account counts down'];
  if (counts === 'up' && limit <= initial)
    return ['/account/limit must be above initial where the account counts up'];
  return [];
}

type Rules = Readonly<Record<string, { readonly points: number; readonly sources: readonly string[] }>>;

function pointFaults({ initial, limit }: Account, rules: Rules): readonly string[] {
  const most = Math.abs(limit - initial);
  return Object.entries(rules).flatMap(([rule, { points }]) =>
    points > most ? [`/rules/${rule}/points is ${points}, more than the ${most} an account has`] : [],
  );
}

type Thresholds = LawProfile['road']['thresholds'];

function thresholdFaults({ clearPetSeconds, maxPetSeconds, stoppedMps, yieldedMps }: Thresholds): string[] {
  const faults: string[] = [];
  if (clearPetSeconds > maxPetSeconds)
    faults.push('/thresholds/clearPetSeconds must not exceed maxPetSeconds');
  if (stoppedMps > yieldedMps) faults.push('/thresholds/stoppedMps must not exceed yieldedMps');
  return faults;
}

/** What a lawyer has read cannot rest on what nobody has checked, nor a licence on this project's word alone. */
function standingFaults(profile: Readonly<Record<string, unknown>>): readonly string[] {
  const { sources: given, reviewedBy: reader, road: roadPart } = profile;
  if (!isSources.Check(given)) return [];
  const unchecked = given.filter(({ standing }) => standing === 'unverified').map(({ id }) => id);
  const own = new Set(given.filter(({ standing }) => standing === 'project-rule').map(({ id }) => id));
  return [
    ...(isReviewedBy.Check(reader) && reader !== null
      ? unchecked.map((id) => `/reviewedBy is "${reader}", but "${id}" is still unverified`)
      : []),
    ...(isObject.Check(roadPart) && isRoadRules.Check(roadPart['rules'])
      ? ownWordFaults(roadPart['rules'], own)
      : []),
  ];
}

const ownWordFaults = (rules: Rules, own: ReadonlySet<string>): readonly string[] =>
  Object.entries(rules)
    .filter(([, { points, sources: cited }]) => points > 0 && cited.every((id) => own.has(id)))
    .map(([rule]) => `/road/rules/${rule} takes points on this project's word alone`);

function versionFaults(version: unknown): readonly string[] {
  if (typeof version !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(version)) return [];
  const date = version.slice(0, 10);
  const read = new Date(`${date}T00:00:00Z`);
  const isDate = !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date);
  return isDate ? [] : [`/version begins with "${date}", which is no date`];
}
