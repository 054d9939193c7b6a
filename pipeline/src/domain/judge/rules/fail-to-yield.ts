/** One finding for all the pedestrians a vehicle met: of the gravest outcome, naming first whom it hangs on. */
import type { Finding, Measures, Outcome, Reason } from '@wayside/contracts/verdict';
import { largest, valueAt } from '../../encounter/motion.ts';
import { nearnessOf } from '../../encounter/nearness.ts';
import { pairOf, type Pair, type Passing } from '../../encounter/pair.ts';
import type { Crossing } from '../../encounter/crossing.ts';
import { footprintAt } from '../../encounter/vehicle-path.ts';
import { approachOf, zonesOf } from '../../encounter/zone.ts';
import type { Rectangle } from '../../geometry/rectangle.ts';
import type { Scene } from '../scene.ts';
import { ruleApproach } from './approach-ruling.ts';
import { rulePair } from './pair-ruling.ts';
import { findingOf, type Ruling } from './ruling.ts';
import { rounded } from './words.ts';

export interface YieldFinding {
  readonly finding: Finding;
  /** When the way became owed to whom the finding hangs on. Seconds. */
  readonly owedAtS: number | undefined;
}

/** @returns undefined where the question does not arise: nobody to give way to, or the vehicle stood or stayed away. */
export function failToYield(scene: Scene): YieldFinding | undefined {
  const { crossing, walkers, moved } = scene;
  if (!moved || walkers.length === 0) return undefined;
  if (!crossing) return approachFinding(scene);
  const passing = passingOf(scene, crossing);
  const zones = zonesOf(scene.site, scene.profile.road.yield.geometry, scene.vehicle, crossing);
  const setting = { site: scene.site, road: scene.profile.road, zones, passing };
  const ruled = walkers.map((walker) => {
    const pair = pairOf(scene.vehicle, walker, setting);
    return { pair, ruling: rulePair({ scene, passing, pair }) };
  });
  ruled.sort(byGravity);
  const [gravest] = ruled as [Ruled, ...Ruled[]];
  const alike = ruled.filter(({ ruling }) => sameRuling(ruling, gravest.ruling));
  const finding = findingOf('fail-to-yield', gravest.ruling, scene, {
    pedestrianTracks: alike.map(({ pair }) => pair.walker.track),
    measures: measuresOf(scene, crossing, gravest.pair),
  });
  return { finding, owedAtS: gravest.pair.owed?.atS };
}

interface Ruled {
  readonly pair: Pair;
  readonly ruling: Ruling;
}

const GRAVITY: Readonly<Record<Outcome, number>> = { infraction: 0, undecided: 1, clear: 2 };

/** Among the clear, the reason that says most about the driver stands first. */
const TELLING: readonly Reason[] = [
  'emergency-vehicle',
  'could-not-have-stopped',
  'gave-way',
  'pedestrian-not-owed',
];

function byGravity(a: Ruled, b: Ruled): number {
  return (
    GRAVITY[a.ruling.outcome] - GRAVITY[b.ruling.outcome] ||
    telling(a.ruling) - telling(b.ruling) ||
    pet(a.pair) - pet(b.pair) ||
    (a.pair.walker.track < b.pair.walker.track ? -1 : 1)
  );
}

function telling({ outcome, reason }: Ruling): number {
  if (outcome !== 'clear') return 0;
  const at = TELLING.indexOf(reason);
  return at < 0 ? TELLING.length : at;
}

const pet = ({ meeting }: Pair): number => meeting?.petSeconds ?? Infinity;

const sameRuling = (a: Ruling, b: Ruling): boolean => a.outcome === b.outcome && a.reason === b.reason;

/** From the stop line, where one is painted, to when the rear is off the crosswalk. */
function passingOf({ site, vehicle }: Scene, crossing: Crossing): Passing {
  const begin = vehicle.seconds[0] as number;
  const end = vehicle.seconds.at(-1) as number;
  const enterS = crossing.enterS ?? begin;
  const line = approachOf(site, vehicle, crossing.first)?.stopLine;
  const atLine = line && vehicle.seconds.findIndex((_, i) => isPast(line, footprintAt(vehicle, i)));
  const lineS = atLine === undefined || atLine < 0 ? undefined : (vehicle.seconds[atLine] as number);
  return {
    fromS: Math.min(enterS, lineS ?? enterS),
    toS: crossing.exitS ?? end,
    lineS,
    entryS: crossing.enterS,
  };
}

const isPast = (line: { x: number; y: number }, { x, y, ux, uy, halfLength }: Rectangle): boolean =>
  (x - line.x) * ux + (y - line.y) * uy + halfLength >= 0;

function measuresOf(scene: Scene, crossing: Crossing, pair: Pair): Measures {
  const { vehicle, framesPerSecond } = scene;
  const { enterS } = crossing;
  const { meeting, requiredDecelerationMps2: required } = pair;
  const nearness = nearnessOf(vehicle, pair.walker);
  const measures: Measures = {};
  if (meeting) measures.petSeconds = rounded(meeting.petSeconds);
  if (meeting) measures.firstThrough = meeting.firstThrough;
  if (nearness?.ttcSeconds !== undefined) measures.ttcSeconds = rounded(nearness.ttcSeconds);
  if (nearness) measures.minDistanceMetres = rounded(nearness.minDistanceMetres);
  if (enterS !== undefined)
    measures.entrySpeedMps = rounded(valueAt(vehicle.seconds, vehicle.speedMps, enterS));
  measures.minSpeedMps = rounded(pair.minSpeedMps);
  measures.maxSpeedMps = rounded(largest(vehicle.speedMps));
  measures.pedestrianSpeedMps = rounded(pair.pedestrianSpeedMps);
  if (required !== undefined && Number.isFinite(required))
    measures.requiredDecelerationMps2 = rounded(required);
  if (framesPerSecond !== undefined) measures.framesPerSecond = rounded(framesPerSecond);
  return measures;
}

function approachFinding(scene: Scene): YieldFinding | undefined {
  const approach = ruleApproach(scene);
  if (!approach) return undefined;
  const measures = { minSpeedMps: rounded(approach.minSpeedMps), maxSpeedMps: rounded(approach.maxSpeedMps) };
  const finding = findingOf('fail-to-yield', approach.ruling, scene, {
    pedestrianTracks: approach.pedestrianTracks,
    measures,
  });
  return { finding, owedAtS: undefined };
}
