/**
 * What the network is shown of an encounter: scalars about the vehicle and the two pedestrians who matter most, and a
 * short window of their relative motion at a fixed rate. Every input has a name and a group; units stand in the names.
 * Nothing of the rule's own outcome is among them, so that the two judge apart.
 */
import { YIELD_GEOMETRIES } from '@wayside/contracts/law-profile';
import type { Finding, Measures } from '@wayside/contracts/verdict';
import { dutyOf, MOST_SECONDS, toWay, type Duty } from './duty.ts';
import { dutyInputs, togetherInputs } from './duty-inputs.ts';
import { blankEncounter } from './blank-encounter.ts';
import type { EncounterInput } from './encounter-input.ts';
import { capped, MOST_METRES, of, type Group, type Input } from './inputs.ts';
import { overtakenInputs } from './overtaken-inputs.ts';
import { at, isSeen, pathOf, STEP_SECONDS } from './path.ts';
import { stitched } from './stitch.ts';
import { untangled } from './untangle.ts';
import { vehicleWay, WALKER_SMOOTH_S, type VehicleWay } from './vehicle-way.ts';

/** Of the window of motion: seconds around the entry onto the crosswalk. */
const WINDOW = { fromS: -4, stepS: 0.4, steps: 17 } as const;
const AROUND = { fromS: -3, toS: 1.5 } as const;

/** @returns inputs in a fixed order, none of them missing; undefined where there is no track of the vehicle. */
export function encounterFeatures(input: EncounterInput): Float32Array | undefined {
  const inputs = encounterInputs(input);
  if (!inputs) return undefined;
  const row = new Float32Array(inputs.length);
  for (let i = 0; i < row.length; i++) row[i] = (inputs[i] as Input).value;
  return row;
}

export function encounterInputs(input: EncounterInput): readonly Input[] | undefined {
  const way = vehicleWay(input);
  if (!way) return undefined;
  const { duties, exchanges } = dutiesOf(way, input);
  return [
    ...vehicleInputs(way, input),
    ...dutyInputs('first', duties[0], way),
    ...dutyInputs('second', duties[1], way),
    ...togetherInputs(duties),
    ...measureInputs(input),
    ...overtakenInputs(way, duties, input),
    ...qualityInputs(way, duties, exchanges, input),
    ...siteInputs(way, input),
    ...motionInputs(way, duties[0]),
  ];
}

/** The pedestrians of the verdict, who matter most first. */
function dutiesOf(way: VehicleWay, input: EncounterInput): Duties {
  const names = new Set(input.verdict.pedestrianTracks);
  const pieces = input.tracks
    .slice(1)
    .filter(({ track, kind, dtMs }) => kind === 'pedestrian' && names.has(track) && dtMs.length > 0);
  const { pieces: whole, exchanges } = untangled(pieces);
  const duties = stitched(whole)
    .filter(({ dtMs }) => dtMs.length > 1)
    .map((track) => pathOf(track, way.frame, input.verdict.window.fromMs, WALKER_SMOOTH_S))
    .map((path) => dutyOf(way, path, input))
    .sort((a, b) => b.weight - a.weight);
  return { duties, exchanges };
}

interface Duties {
  readonly duties: readonly Duty[];
  readonly exchanges: number;
}

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

/** How near another came to the pedestrian who matters most, of all moments around the entry: tracks are exchanged there. */
function nearestOther(way: VehicleWay, [first, ...others]: readonly Duty[]): number {
  let nearest = MOST_SECONDS;
  if (!first) return nearest;
  for (const { path } of others)
    for (let s = way.entryS + AROUND.fromS; s <= way.entryS + AROUND.toS; s += STEP_SECONDS) {
      if (!isSeen(path, s) || !isSeen(first.path, s)) continue;
      const du = at(path, path.u, s) - at(first.path, first.path.u, s);
      const dv = at(path, path.v, s) - at(first.path, first.path.v, s);
      nearest = Math.min(nearest, Math.hypot(du, dv));
    }
  return nearest;
}

function qualityInputs(
  way: VehicleWay,
  duties: readonly Duty[],
  exchanges: number,
  { verdict }: EncounterInput,
): Input[] {
  const duty = duties[0];
  const quality = of('quality of the tracks');
  const vehicle = way.path.quality();
  const walker = duty?.path.quality() ?? { longestHoleS: 0, jitterMetres: 0, jumpMetres: 0 };
  const seenS = way.lineS - (duty?.path.fromS ?? way.lineS);
  const rate = verdict.findings.find(({ measures }) => measures.framesPerSecond)?.measures.framesPerSecond;
  return [
    quality('vehicle: longest hole, s', Math.min(vehicle.longestHoleS, 3)),
    quality('vehicle: jitter, m', Math.min(vehicle.jitterMetres, 3)),
    quality('vehicle: jump, m', Math.min(vehicle.jumpMetres, 6)),
    quality('vehicle: seen onto the crosswalk', way.entered ? 1 : 0),
    quality('vehicle: seen off the crosswalk', way.left ? 1 : 0),
    quality('vehicle: seen before the line, s', capped(way.lineS - way.path.fromS, MOST_SECONDS)),
    quality('pedestrian: longest hole, s', Math.min(walker.longestHoleS, 3)),
    quality('pedestrian: jitter, m', Math.min(walker.jitterMetres, 3)),
    quality('pedestrian: jump, m', Math.min(walker.jumpMetres, 6)),
    quality('pedestrian: seen before the line, s', capped(seenS, MOST_SECONDS)),
    quality('pedestrians: exchanges taken back', exchanges),
    quality('pedestrian: nearest other, m', nearestOther(way, duties)),
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

/** The moments of the window, with the names of their inputs, which are the same for every encounter. */
const MOMENTS = Array.from({ length: WINDOW.steps }, (_, k) => {
  const afterS = WINDOW.fromS + k * WINDOW.stepS;
  const name = (text: string): string => `${afterS.toFixed(1)} s: ${text}`;
  return {
    afterS,
    front: name('front before the crosswalk, m'),
    vehicle: name('vehicle, m/s'),
    toWay: name('pedestrian before the way, m'),
    pedestrian: name('pedestrian, m/s'),
    seen: name('pedestrian seen'),
  };
});

function motionInputs(way: VehicleWay, duty: Duty | undefined): Input[] {
  const motion = of('motion');
  return MOMENTS.flatMap((moment) => {
    const second = way.entryS + moment.afterS;
    const seen = isSeen(way.path, second);
    const walks = duty && isSeen(duty.path, second);
    const front = way.frame.nearU - (at(way.path, way.path.u, second) + way.halfLength);
    return [
      motion(moment.front, seen ? capped(front, MOST_METRES) : MOST_METRES),
      motion(moment.vehicle, seen ? at(way.path, way.speedMps, second) : 0),
      motion(
        moment.toWay,
        walks ? capped(toWay(way, at(duty.path, duty.path.v, second), duty.direction), 15) : 15,
      ),
      motion(moment.pedestrian, walks ? at(duty.path, duty.path.speedV, second) * duty.direction : 0),
      motion(moment.seen, walks ? 1 : 0),
    ];
  });
}

/** Names and groups of all inputs, in order: those of an encounter of which nothing is known. */
export const INPUTS: readonly Omit<Input, 'value'>[] = (encounterInputs(blankEncounter()) ?? []).map(
  ({ name, group }) => ({ name, group }),
);
