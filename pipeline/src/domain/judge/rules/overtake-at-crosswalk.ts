/** Passing a vehicle that has stopped before the crosswalk for a pedestrian (cn: Road Traffic Safety Law art. 43(4)). */
import type { Finding } from '@wayside/contracts/verdict';
import { crosswalkGapAt, type Crossing } from '../../encounter/crossing.ts';
import { extent, indexAt, valueAt } from '../../encounter/motion.ts';
import { MOVED_METRES } from '../../encounter/thresholds.ts';
import type { VehiclePath } from '../../encounter/vehicle-path.ts';
import type { WalkerPath } from '../../encounter/walker-path.ts';
import type { Scene } from '../scene.ts';
import { cameraFault, firmMetres, vehicleFault } from './evidence-faults.ts';
import { peopleAhead } from './people-ahead.ts';
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
const NEAR_METRES = 10;

interface Overtaking {
  readonly other: VehiclePath;
  readonly crossing: Crossing & { readonly enterS: number };
  /** When the overtaker's centre drew level with the other's. */
  readonly levelS: number;
  readonly asideMetres: number;
  readonly people: readonly WalkerPath[];
}

/** @returns undefined where no vehicle stood there for anybody. */
export function overtakeAtCrosswalk(scene: Scene): OvertakeFinding | undefined {
  const { crossing, moved, walkers } = scene;
  const enterS = crossing?.enterS;
  if (!crossing || enterS === undefined || !moved || walkers.length === 0) return undefined;
  for (const other of scene.others()) {
    const overtaking = overtakingOf(scene, other, { ...crossing, enterS });
    if (!overtaking) continue;
    const finding = findingOf('overtake-at-crosswalk', rule(scene, overtaking), scene, {
      pedestrianTracks: overtaking.people.map(({ track }) => track),
      measures: {
        entrySpeedMps: rounded(valueAt(scene.vehicle.seconds, scene.vehicle.speedMps, enterS)),
      },
    });
    return { finding, other };
  }
  return undefined;
}

function overtakingOf(
  scene: Scene,
  other: VehiclePath,
  crossing: Overtaking['crossing'],
): Overtaking | undefined {
  // One that never moved in the window may be parked: nobody can tell that it stopped for somebody.
  if (extent(other) <= MOVED_METRES) return undefined;
  const level = levelWith(scene.vehicle, other);
  if (!level) return undefined;
  const atLevel = indexAt(other.seconds, level.atS);
  const atEntry = indexAt(other.seconds, crossing.enterS);
  if (
    atLevel < 0 ||
    atEntry < 0 ||
    !stoodBefore(scene, other, atLevel) ||
    !stoodBefore(scene, other, atEntry)
  )
    return undefined;
  const people = peopleAhead(other, atLevel, scene.walkers);
  const still = new Set(peopleAhead(other, atEntry, scene.walkers));
  if (!people.some((walker) => still.has(walker))) return undefined;
  return { other, crossing, levelS: level.atS, asideMetres: level.asideMetres, people };
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

/** At rest short of the crosswalk, or with no more than its bumper over the edge. */
function stoodBefore({ site, profile }: Scene, other: VehiclePath, i: number): boolean {
  const gap = crosswalkGapAt(other, site.crosswalk, i);
  const stands = (other.speedMps[i] as number) < profile.road.thresholds.stoppedMps;
  return stands && gap <= NEAR_METRES && gap >= -1;
}

function rule(scene: Scene, { other, crossing, levelS, asideMetres, people }: Overtaking): Ruling {
  const { vehicle, site, profile } = scene;
  const entry = kmh(valueAt(vehicle.seconds, vehicle.speedMps, crossing.enterS));
  const who = people.map(({ track }) => track).join(', ');
  if (vehicle.emergency)
    return clear('emergency-vehicle', `Passed vehicle ${other.track}, but was seen with blue lights.`);
  const waited = vehicle.seconds.some(
    (second, i) =>
      second >= levelS &&
      second <= crossing.enterS &&
      (vehicle.speedMps[i] ?? 0) < profile.road.thresholds.yieldedMps,
  );
  if (waited)
    return clear('gave-way', `Drew level with vehicle ${other.track} and slowed for pedestrian ${who} too.`);
  const toS = crossing.exitS ?? Infinity;
  const fault =
    cameraFault(scene) ?? vehicleFault(vehicle, levelS - 1, toS) ?? vehicleFault(other, levelS - 1, toS);
  if (fault) return fault;
  if (asideMetres < -firmMetres(site))
    return undecided(
      'positions-too-uncertain',
      `Vehicle ${other.track} and this one overlap by ${metres(-asideMetres)}: their places cannot be right.`,
    );
  return infraction(
    'overtook-stopped-vehicle',
    `Passed vehicle ${other.track}, which stood before the crosswalk for pedestrian ${who}, and drove onto the ` +
      `crosswalk ${seconds(Math.max(0, crossing.enterS - levelS))} later at ${entry}.`,
  );
}
