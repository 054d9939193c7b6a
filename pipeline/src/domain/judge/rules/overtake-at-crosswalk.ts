/** Passing a vehicle that has stopped before the crosswalk for a pedestrian (cn: Road Traffic Safety Law art. 43(4)). */
import type { Finding } from '@wayside/contracts/verdict';
import { crosswalkGapAt, type Crossing } from '../../encounter/crossing.ts';
import { extent, indexAt, smoothed, smoothedBelow, valueAt } from '../../encounter/motion.ts';
import { axisOf, type SiteModel } from '../../encounter/site-model.ts';
import { BODY_RADIUS_METRES, MOVED_METRES } from '../../encounter/thresholds.ts';
import type { VehiclePath } from '../../encounter/vehicle-path.ts';
import type { WalkerPath } from '../../encounter/walker-path.ts';
import { approachOf, laneAt } from '../../encounter/zone.ts';
import { distanceToPolygon } from '../../geometry/polygon.ts';
import type { Scene } from '../scene.ts';
import { cameraFault, firmMetres, vehicleFault } from './evidence-faults.ts';
import { awaitedBy, CLOSE_METRES } from './people-ahead.ts';
import { clear, findingOf, infraction, undecided, type Ruling } from './ruling.ts';
import { kmh, metres, rounded, seconds } from './words.ts';

export interface OvertakeFinding {
  readonly finding: Finding;
  /** The vehicle that had stopped. */
  readonly other: VehiclePath;
}

/** Adjacent: no further apart than a lane and a half, centre to centre. Same heading: within 30°. */
const BESIDE_METRES = 5.5;
const SAME_HEADING = Math.cos(Math.PI / 6);
/** Who stops further off than this did not stop at the crosswalk. Metres. */
const NEAR_METRES = 12;
/** Who slows to giving way within this of the crosswalk has not overtaken. Metres. */
const APPROACH_METRES = 20;
/** Speeds are taken over so much to each side. Seconds. */
const SMOOTH_SECONDS = 0.3;

interface Overtaking {
  readonly other: VehiclePath;
  readonly crossing: Crossing & { readonly enterS: number };
  /** When the overtaker's centre drew level with the other's. */
  readonly levelS: number;
  readonly asideMetres: number;
  /** Whom the other stood for. */
  readonly people: readonly WalkerPath[];
  /** They are before it or about to be; else only on their way to it. */
  readonly near: boolean;
}

/** @returns undefined where no vehicle stood there for anybody. */
export function overtakeAtCrosswalk(scene: Scene): OvertakeFinding | undefined {
  const { crossing, moved, walkers } = scene;
  const enterS = crossing?.enterS;
  if (!crossing || enterS === undefined || !moved || walkers.length === 0) return undefined;
  if (!walkers.some((walker) => wasOn(scene.site, walker, enterS))) return undefined;
  let gravest: { readonly overtaking: Overtaking; readonly ruling: Ruling } | undefined;
  for (const other of scene.slowAt(enterS)) {
    const overtaking = overtakingOf(scene, other, { ...crossing, enterS });
    if (!overtaking) continue;
    const ruling = rule(scene, overtaking);
    if (!gravest || GRAVITY[ruling.outcome] > GRAVITY[gravest.ruling.outcome])
      gravest = { overtaking, ruling };
  }
  if (!gravest) return undefined;
  const { overtaking, ruling } = gravest;
  const finding = findingOf('overtake-at-crosswalk', ruling, scene, {
    pedestrianTracks: overtaking.people.map(({ track }) => track),
    measures: {
      entrySpeedMps: rounded(valueAt(scene.vehicle.seconds, scene.vehicle.speedMps, enterS)),
      minSpeedMps: rounded(slowestBefore(scene, enterS)),
    },
  });
  return { finding, other: overtaking.other };
}

const GRAVITY = { infraction: 2, undecided: 1, clear: 0 } as const;

/** Who stood for anybody stood for somebody who had stepped on it. */
function wasOn({ crosswalk }: SiteModel, { seconds: times, x, y }: WalkerPath, byS: number): boolean {
  for (let j = 0; j < times.length && (times[j] as number) <= byS; j++)
    if (distanceToPolygon(crosswalk, x[j] as number, y[j] as number) <= BODY_RADIUS_METRES) return true;
  return false;
}

function overtakingOf(
  scene: Scene,
  other: VehiclePath,
  crossing: Overtaking['crossing'],
): Overtaking | undefined {
  const atEntry = indexAt(other.seconds, crossing.enterS);
  if (atEntry < 0 || mayBeParked(scene, other, atEntry)) return undefined;
  const level = levelWith(scene.vehicle, other);
  if (!level || !stoodBefore(scene, other, atEntry)) return undefined;
  const awaited = awaitedBy(scene, other, atEntry);
  if (awaited.length === 0) return undefined;
  const close = awaited.filter(({ metres: aside }) => aside <= CLOSE_METRES);
  return {
    other,
    crossing,
    levelS: level.atS,
    asideMetres: level.asideMetres,
    people: (close.length > 0 ? close : awaited).map(({ walker }) => walker),
    near: close.length > 0,
  };
}

/**
 * Where lanes are drawn, who stands in none of them; elsewhere who never moved in the window: nobody can tell that it
 * stopped for somebody.
 */
function mayBeParked({ site }: Scene, other: VehiclePath, i: number): boolean {
  const approach = approachOf(site, other, i);
  if (!approach || approach.lanes.length === 0) return extent(other) <= MOVED_METRES + 2 * firmMetres(site);
  return !laneAt(approach, axisOf(site, other.x[i] as number, other.y[i] as number));
}

/** Its slowest over the last metres before it came onto the crosswalk. */
function slowestBefore({ vehicle, gaps }: Scene, enterS: number): number {
  const speeds = smoothed(vehicle.seconds, vehicle.speedMps, SMOOTH_SECONDS);
  let slowest = valueAt(vehicle.seconds, speeds, enterS);
  for (const [i, second] of vehicle.seconds.entries())
    if (second <= enterS && (gaps[i] as number) <= APPROACH_METRES)
      slowest = Math.min(slowest, speeds[i] as number);
  return slowest;
}

/** The moment one vehicle passes another beside it on the same heading. */
function levelWith(
  vehicle: VehiclePath,
  other: VehiclePath,
): { readonly atS: number; readonly asideMetres: number } | undefined {
  let before = 0;
  for (let i = 0; i < vehicle.seconds.length; i++) {
    const second = vehicle.seconds[i] as number;
    const k = indexAt(other.seconds, second);
    if (k < 0 || second > (other.seconds.at(-1) as number)) continue;
    const dx = (other.x[k] as number) - (vehicle.x[i] as number);
    const dy = (other.y[k] as number) - (vehicle.y[i] as number);
    const ux = vehicle.ux[i] as number;
    const uy = vehicle.uy[i] as number;
    const ahead = dx * ux + dy * uy;
    const aside = Math.abs(dx * uy - dy * ux);
    const together = ux * (other.ux[k] as number) + uy * (other.uy[k] as number);
    const beside = aside <= BESIDE_METRES && together >= SAME_HEADING;
    if (beside && before > 0 && ahead <= 0)
      return { atS: second, asideMetres: aside - vehicle.halfWidth - other.halfWidth };
    before = beside ? ahead : 0;
  }
  return undefined;
}

/** As slow as who gives way, short of the crosswalk or with no more than its bumper over the edge. */
function stoodBefore({ site, profile }: Scene, other: VehiclePath, i: number): boolean {
  const { yieldedMps } = profile.road.thresholds;
  if (!smoothedBelow(other.seconds, other.speedMps, SMOOTH_SECONDS, yieldedMps)[i]) return false;
  const gap = crosswalkGapAt(other, site.crosswalk, i);
  return gap <= NEAR_METRES && gap >= -1;
}

function rule(scene: Scene, overtaking: Overtaking): Ruling {
  const { other, crossing, levelS, asideMetres, people, near } = overtaking;
  const { vehicle, site, profile } = scene;
  const entry = kmh(valueAt(vehicle.seconds, vehicle.speedMps, crossing.enterS));
  const who = `pedestrian${people.length > 1 ? 's' : ''} ${people.map(({ track }) => track).join(', ')}`;
  if (vehicle.emergency)
    return clear('emergency-vehicle', `Passed vehicle ${other.track}, but was seen with blue lights.`);
  const slowest = slowestBefore(scene, crossing.enterS);
  if (slowest < profile.road.thresholds.yieldedMps)
    return clear(
      'gave-way',
      `Slowed to ${kmh(slowest)} for ${who} too before it passed vehicle ${other.track}.`,
    );
  const toS = crossing.exitS ?? Infinity;
  const fault =
    cameraFault(scene) ?? vehicleFault(vehicle, levelS - 1, toS) ?? vehicleFault(other, levelS - 1, toS);
  if (fault) return fault;
  if (asideMetres < -firmMetres(site))
    return undecided(
      'positions-too-uncertain',
      `Vehicle ${other.track} and this one overlap by ${metres(-asideMetres)}: their places cannot be right.`,
    );
  if (!near)
    return undecided(
      'pedestrian-intent-unclear',
      `Passed vehicle ${other.track}, which stood before the crosswalk; whether for ${who}, still on the way to ` +
        `it, cannot be seen.`,
    );
  return infraction(
    'overtook-stopped-vehicle',
    `Passed vehicle ${other.track}, which stood before the crosswalk for ${who}, and drove onto the ` +
      `crosswalk ${seconds(Math.max(0, crossing.enterS - levelS))} later at ${entry}.`,
  );
}
