/**
 * What the network is shown of an encounter: scalars about the vehicle and the two pedestrians who matter most, and a
 * short window of their relative motion at a fixed rate. Every input has a name and a group; units stand in the names.
 * Nothing of the rule's own outcome is among them, so that the two judge apart.
 */
import { YIELD_GEOMETRIES } from '@wayside/contracts/law-profile';
import type { Finding, Measures } from '@wayside/contracts/verdict';
import { dutyOf, MOST_BRAKING_MPS2, MOST_SECONDS, toWay, type Duty } from './duty.ts';
import { blankEncounter } from './blank-encounter.ts';
import type { EncounterInput } from './encounter-input.ts';
import { at, isSeen, pathOf } from './path.ts';
import { stitched } from './stitch.ts';
import { vehicleWay, type VehicleWay } from './vehicle-way.ts';

export const GROUPS = [
  'who went first',
  'pedestrian in the zone',
  'room to stop',
  'pedestrian held up',
  'vehicle speed',
  'standing on the crosswalk',
  'vehicle beside it',
  'other pedestrians',
  'quality of the tracks',
  'site and law',
  'motion',
] as const;
export type Group = (typeof GROUPS)[number];

interface Input {
  readonly name: string;
  readonly group: Group;
  readonly value: number;
}

/** Of the window of motion: seconds around the entry onto the crosswalk. */
const WINDOW = { fromS: -4, stepS: 0.4, steps: 17 } as const;
const WALKER_SMOOTH_S = 0.3;
const MOST_METRES = 30;

/** @returns inputs in a fixed order, none of them missing; undefined where there is no track of the vehicle. */
export function encounterFeatures(input: EncounterInput): Float32Array | undefined {
  const inputs = encounterInputs(input);
  return inputs && Float32Array.from(inputs, ({ value }) => value);
}

export function encounterInputs(input: EncounterInput): readonly Input[] | undefined {
  const way = vehicleWay(input);
  if (!way) return undefined;
  const duties = dutiesOf(way, input);
  return [
    ...vehicleInputs(way, input),
    ...dutyInputs('first', duties[0], way),
    ...dutyInputs('second', duties[1], way),
    ...measureInputs(input),
    ...overtakenInputs(way, duties, input),
    ...qualityInputs(way, duties[0], input),
    ...siteInputs(way, input),
    ...motionInputs(way, duties[0]),
  ];
}

/** The pedestrians of the verdict, who matter most first. */
function dutiesOf(way: VehicleWay, input: EncounterInput): readonly Duty[] {
  const names = new Set(input.verdict.pedestrianTracks);
  const pieces = input.tracks
    .slice(1)
    .filter(({ track, kind, dtMs }) => kind === 'pedestrian' && names.has(track) && dtMs.length > 0);
  return stitched(pieces)
    .filter(({ dtMs }) => dtMs.length > 1)
    .map((track) => pathOf(track, way.frame, input.verdict.window.fromMs, WALKER_SMOOTH_S))
    .map((path) => dutyOf(way, path, input))
    .sort((a, b) => b.weight - a.weight);
}

const capped = (value: number, most: number): number => Math.min(most, Math.max(-most, value));

const of =
  (group: Group) =>
  (name: string, value: number): Input => ({ name, group, value: Number.isFinite(value) ? value : 0 });

function vehicleInputs(way: VehicleWay, { verdict }: EncounterInput): Input[] {
  const speed = of('vehicle speed');
  const before = (s: number): number => at(way.path, way.speedMps, s);
  let [least, most, rests] = [Infinity, 0, 0];
  for (let s = way.entryS - 3; s <= way.entryS; s += 0.1) least = Math.min(least, before(s));
  for (let s = way.entryS; s <= way.exitS; s += 0.1) {
    most = Math.max(most, before(s));
    if (before(s) < 0.25) rests += 0.1;
  }
  const { kind } = verdict.vehicle;
  return [
    speed('speed at the line, m/s', before(way.lineS)),
    speed('speed at the crosswalk, m/s', before(way.entryS)),
    speed('least speed in the 3 s before, m/s', least),
    speed('most speed on the crosswalk, m/s', most),
    speed('speed 1.5 s before the line, m/s', before(way.lineS - 1.5)),
    speed('speed 3 s before the line, m/s', before(way.lineS - 3)),
    of('standing on the crosswalk')('rest on the crosswalk, s', Math.min(rests, 20)),
    of('standing on the crosswalk')('time on the crosswalk, s', capped(way.exitS - way.entryS, 20)),
    speed('large vehicle', kind === 'bus' || kind === 'truck' ? 1 : 0),
    speed('two-wheeled', kind === 'motorcycle' ? 1 : 0),
    speed('length, m', way.halfLength * 2),
  ];
}

/** Stands for a pedestrian that there was not: as far from any duty as can be. */
const NOBODY: Omit<Duty, 'path' | 'direction'> = {
  leadS: -MOST_SECONDS,
  petS: MOST_SECONDS,
  depthMetres: -MOST_SECONDS,
  depthBeforeMetres: -MOST_SECONDS,
  owedS: 0,
  brakingMps2: MOST_BRAKING_MPS2,
  brakingInZoneMps2: MOST_BRAKING_MPS2,
  walkedS: 0,
  slowestMps: 0,
  expectedPetS: MOST_SECONDS,
  heldS: 0,
  speedMps: 0,
  margin: -3,
  weight: -4,
};

/** Spreads what is close to zero, where it decides. */
const softly = (value: number): number => Math.tanh(value / 0.4);

function dutyInputs(which: 'first' | 'second', duty: Duty | undefined, way: VehicleWay): Input[] {
  const group = (one: Group) => of(which === 'first' ? one : 'other pedestrians');
  const [first, zone] = [group('who went first'), group('pedestrian in the zone')];
  const [room, held] = [group('room to stop'), group('pedestrian held up')];
  const name = (text: string): string => `${which} pedestrian: ${text}`;
  const known = duty ?? NOBODY;
  return [
    first(name('there'), duty ? 1 : 0),
    first(name('vehicle ahead by, s'), known.leadS),
    first(name('vehicle ahead, softly'), softly(known.leadS)),
    first(name('post-encroachment time, s'), known.petS),
    zone(name('depth while passing, m'), capped(known.depthMetres, MOST_SECONDS)),
    zone(name('depth while passing, softly'), softly(known.depthMetres)),
    zone(name('depth before the line, m'), capped(known.depthBeforeMetres, MOST_SECONDS)),
    zone(name('depth before the line, softly'), softly(known.depthBeforeMetres)),
    zone(name('time in it before the line, s'), Math.min(known.owedS, MOST_SECONDS)),
    room(name('braking asked, m/s²'), known.brakingMps2),
    room(name('braking asked, softly'), softly((known.brakingMps2 - 3) / 2)),
    room(name('braking asked in the zone, m/s²'), known.brakingInZoneMps2),
    room(name('on the way to it, s'), known.walkedS),
    held(name('slowest vehicle before it, m/s'), known.slowestMps),
    held(name('slowest vehicle before it, softly'), softly((known.slowestMps - 1.5) / 2)),
    first(name('expected post-encroachment time, s'), known.expectedPetS),
    first(name('post-encroachment time below 3 s, softly'), softly(3 - known.petS)),
    first(name('post-encroachment time below 1.5 s, softly'), softly(1.5 - known.petS)),
    held(name('held up half a second, softly'), softly(known.heldS - 0.5)),
    held(name('held up, s'), known.heldS),
    held(name('speed, m/s'), known.speedMps),
    first(name('least margin'), known.margin),
    first(name('seen to the end'), duty && isSeen(duty.path, way.exitS + 1) ? 1 : 0),
  ];
}

type NumberOf = Exclude<keyof Measures, 'firstThrough'>;

/** What the judge measured, with what to take where it could not, and the most that still says something. */
const MEASURED: readonly (readonly [NumberOf, Group, absent: number, most: number])[] = [
  ['petSeconds', 'who went first', 8, 8],
  ['ttcSeconds', 'who went first', 10, 10],
  ['minDistanceMetres', 'who went first', 10, 10],
  ['entrySpeedMps', 'vehicle speed', 0, 20],
  ['minSpeedMps', 'vehicle speed', 0, 20],
  ['requiredDecelerationMps2', 'room to stop', 12, 12],
  ['pedestrianSpeedMps', 'pedestrian held up', 0, 5],
];

function measureInputs({ verdict }: EncounterInput): Input[] {
  const finding = (rule: Finding['rule']) => verdict.findings.find((one) => one.rule === rule);
  const yielding = finding('fail-to-yield');
  const stop = finding('stop-on-crosswalk');
  const overtaking = finding('overtake-at-crosswalk');
  const first = yielding?.measures.firstThrough;
  const standing = of('standing on the crosswalk');
  const beside = of('vehicle beside it');
  return [
    ...MEASURED.flatMap(([key, group, absent, most]) => [
      of(group)(`judge: ${key}`, capped(yielding?.measures[key] ?? absent, most)),
      of(group)(`judge: ${key} measured`, yielding?.measures[key] === undefined ? 0 : 1),
    ]),
    of('who went first')('judge: went first', first === undefined ? 0 : first === 'vehicle' ? 1 : -1),
    standing('judge: stood, s', Math.min(stop?.measures.stoppedSeconds ?? 0, 20)),
    standing('judge: stop in question', stop ? 1 : 0),
    beside('judge: overtaking in question', overtaking ? 1 : 0),
    beside('judge: least speed while overtaking, m/s', overtaking?.measures.minSpeedMps ?? 0),
    beside('judge: distance while overtaking, m', capped(overtaking?.measures.minDistanceMetres ?? 10, 10)),
  ];
}

/** The vehicle that had stopped, as it stood when the other came onto the crosswalk. */
function overtakenInputs(way: VehicleWay, duties: readonly Duty[], input: EncounterInput): Input[] {
  const beside = of('vehicle beside it');
  let slowest = 20;
  for (
    let s = way.entryS;
    at(way.path, way.path.u, s) + way.halfLength > way.frame.nearU - 20 && s > way.path.fromS;
    s -= 0.1
  )
    slowest = Math.min(slowest, at(way.path, way.speedMps, s));
  const own = [
    beside('slowest in the last 20 m, m/s', slowest),
    beside('slowest there, softly', softly((slowest - 1.5) / 2)),
  ];
  const other = input.tracks.slice(1).find(({ kind }) => kind !== 'pedestrian');
  if (!other || other.dtMs.length < 2)
    return [
      ...own,
      beside('vehicle beside: there', 0),
      beside('vehicle beside: before the crosswalk by, m', 0),
      beside('vehicle beside: speed, m/s', 0),
      beside('vehicle beside: aside, m', 0),
      beside('vehicle beside: speed a second before, m/s', 0),
      beside('vehicle beside: speed, softly', 0),
      beside('vehicle beside: somebody comes to it, m', 10),
      beside('vehicle beside: somebody there walks, m/s', 0),
    ];
  const path = pathOf(other, way.frame, input.verdict.window.fromMs, WALKER_SMOOTH_S);
  const half = (other.lengthCm ?? 460) / 200;
  const speed = (s: number): number => Math.hypot(at(path, path.speedU, s), at(path, path.speedV, s));
  const v = at(path, path.v, way.entryS);
  const awaited = awaitedAt(way, duties, v);
  return [
    ...own,
    beside('vehicle beside: there', 1),
    beside(
      'vehicle beside: before the crosswalk by, m',
      capped(way.frame.nearU - at(path, path.u, way.entryS) - half, MOST_METRES),
    ),
    beside('vehicle beside: speed, m/s', Math.min(speed(way.entryS), 20)),
    beside('vehicle beside: aside, m', capped(Math.abs(v - way.pathV), 12)),
    beside('vehicle beside: speed a second before, m/s', Math.min(speed(way.entryS - 1), 20)),
    beside('vehicle beside: speed, softly', softly((speed(way.entryS) - 1.5) / 2)),
    beside('vehicle beside: somebody comes to it, m', awaited.metres),
    beside('vehicle beside: somebody there walks, m/s', awaited.speedMps),
  ];
}

/** Who is nearest to the other vehicle's way and has still to pass it, as this one comes onto the crosswalk. */
function awaitedAt(way: VehicleWay, duties: readonly Duty[], v: number) {
  let nearest = { metres: 10, speedMps: 0 };
  for (const { path, direction } of duties) {
    const at0 = at(path, path.v, way.entryS);
    const metres = (v - at0) * direction;
    const onRoad = at0 > way.frame.lowV && at0 < way.frame.highV;
    if (!onRoad || !isSeen(path, way.entryS) || metres < -1.2 || metres > nearest.metres) continue;
    nearest = { metres, speedMps: at(path, path.speedV, way.entryS) * direction };
  }
  return nearest;
}

function qualityInputs(way: VehicleWay, duty: Duty | undefined, { verdict }: EncounterInput): Input[] {
  const quality = of('quality of the tracks');
  const walker = duty?.path ?? { longestHoleS: 0, jitterMetres: 0, jumpMetres: 0, fromS: way.lineS };
  const rate = verdict.findings.find(({ measures }) => measures.framesPerSecond)?.measures.framesPerSecond;
  return [
    quality('vehicle: longest hole, s', Math.min(way.path.longestHoleS, 3)),
    quality('vehicle: jitter, m', Math.min(way.path.jitterMetres, 3)),
    quality('vehicle: jump, m', Math.min(way.path.jumpMetres, 6)),
    quality('vehicle: seen onto the crosswalk', way.entered ? 1 : 0),
    quality('vehicle: seen off the crosswalk', way.left ? 1 : 0),
    quality('vehicle: seen before the line, s', capped(way.lineS - way.path.fromS, MOST_SECONDS)),
    quality('pedestrian: longest hole, s', Math.min(walker.longestHoleS, 3)),
    quality('pedestrian: jitter, m', Math.min(walker.jitterMetres, 3)),
    quality('pedestrian: jump, m', Math.min(walker.jumpMetres, 6)),
    quality('pedestrian: seen before the line, s', capped(way.lineS - walker.fromS, MOST_SECONDS)),
    quality('frames a second', Math.min(rate ?? 10, 30)),
  ];
}

function siteInputs({ frame, pathV }: VehicleWay, { verdict, site }: EncounterInput): Input[] {
  const law = of('site and law');
  return [
    ...YIELD_GEOMETRIES.map((geometry) => law(`geometry ${geometry}`, verdict.geometry === geometry ? 1 : 0)),
    law('lane width, m', frame.laneMetres),
    law('off the lane’s middle, m', capped(Math.abs(pathV - frame.laneV), 4)),
    law('lanes surveyed', frame.surveyed ? 1 : 0),
    law('road width, m', Math.min(frame.highV - frame.lowV, MOST_METRES)),
    law('crosswalk depth, m', frame.farU - frame.nearU),
    law('line before the crosswalk, m', capped(frame.nearU - frame.stopLineU, 10)),
    law('position sigma, m', site.positionSigmaMetres),
    law('pedestrians', Math.min(verdict.pedestrianTracks.length, 12)),
  ];
}

function motionInputs(way: VehicleWay, duty: Duty | undefined): Input[] {
  const motion = of('motion');
  return Array.from({ length: WINDOW.steps }, (_, k) => {
    const afterS = WINDOW.fromS + k * WINDOW.stepS;
    const second = way.entryS + afterS;
    const when = `${afterS.toFixed(1)} s`;
    const seen = isSeen(way.path, second);
    const walks = duty && isSeen(duty.path, second);
    const front = way.frame.nearU - (at(way.path, way.path.u, second) + way.halfLength);
    return [
      motion(`${when}: front before the crosswalk, m`, seen ? capped(front, MOST_METRES) : MOST_METRES),
      motion(`${when}: vehicle, m/s`, seen ? at(way.path, way.speedMps, second) : 0),
      motion(
        `${when}: pedestrian before the way, m`,
        walks ? capped(toWay(way, at(duty.path, duty.path.v, second), duty.direction), 15) : 15,
      ),
      motion(
        `${when}: pedestrian, m/s`,
        walks ? at(duty.path, duty.path.speedV, second) * duty.direction : 0,
      ),
      motion(`${when}: pedestrian seen`, walks ? 1 : 0),
    ];
  }).flat();
}

/** Names and groups of all inputs, in order: those of an encounter of which nothing is known. */
export const INPUTS: readonly Omit<Input, 'value'>[] = (encounterInputs(blankEncounter()) ?? []).map(
  ({ name, group }) => ({ name, group }),
);
