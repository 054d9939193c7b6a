/** What the first second of an interaction shows: speeds, relative motion, and where the two would meet if both went on. */
import type { Interaction, Sample } from './read-interactions.ts';

/** Too slow to have a direction. Metres in the first second. */
const STILL_METRES = { pedestrian: 0.03, vehicle: 0.05 } as const;
const LEAST_MPS = 0.2;
/** CP1 was drawn in a frame whose origin lies this far beside that of NCP1, the same crosswalk off-peak. Metres. */
const ORIGIN_X: Readonly<Record<string, number>> = { CP1: -5 };

interface Mover {
  readonly x: number;
  readonly y: number;
  readonly ux: number;
  readonly uy: number;
  readonly metres: number;
  readonly meanMps: number;
  readonly firstMps: number;
  readonly lastMps: number;
  readonly leastMps: number;
  readonly meanMps2: number;
}

export function interactionFeatures({ file, samples }: Interaction): readonly number[] {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last) return [];
  const [rx, ry] = [last.pedestrian.x - last.vehicle.x, last.pedestrian.y - last.vehicle.y];
  const distance = Math.max(0.1, Math.hypot(rx, ry));
  const pedestrian = moverOf(samples, 'pedestrian', [0, 0]);
  const vehicle = moverOf(samples, 'vehicle', [rx / distance, ry / distance]);
  const offset = ORIGIN_X[file] ?? 0;
  return [
    Math.log(distance),
    last.distanceMetres - first.distanceMetres,
    ...speedsOf(pedestrian),
    ...speedsOf(vehicle),
    pedestrian.meanMps - vehicle.meanMps,
    pedestrian.meanMps / (pedestrian.meanMps + vehicle.meanMps + 0.05),
    ...relativeMotion(pedestrian, vehicle, rx, ry),
    ...meetingPoint(pedestrian, vehicle, rx, ry),
    ...closestApproach(pedestrian, vehicle, rx, ry),
    Math.min(15, distance / Math.max(LEAST_MPS, vehicle.meanMps)),
    Math.atan2(vehicle.uy, vehicle.ux),
    vehicle.ux,
    vehicle.uy,
    Math.abs(pedestrian.uy),
    pedestrian.uy * pedestrian.meanMps,
    pedestrian.ux * pedestrian.meanMps,
    pedestrian.x - offset,
    pedestrian.y,
    vehicle.x - offset,
    vehicle.y,
    last.petSeconds,
    first.petSeconds,
    mean(samples.map(({ petSeconds }) => petSeconds)),
  ];
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

function moverOf(
  samples: readonly Sample[],
  who: 'pedestrian' | 'vehicle',
  otherwise: readonly [number, number],
): Mover {
  const seen = samples.map((sample) => sample[who]);
  const [first, last] = [seen[0], seen.at(-1)] as [Sample['vehicle'], Sample['vehicle']];
  const [dx, dy] = [last.x - first.x, last.y - first.y];
  const metres = Math.hypot(dx, dy);
  const moves = metres > STILL_METRES[who];
  const speeds = seen.map(({ mps }) => mps);
  return {
    x: last.x,
    y: last.y,
    ux: moves ? dx / metres : otherwise[0],
    uy: moves ? dy / metres : otherwise[1],
    metres,
    meanMps: mean(speeds),
    firstMps: first.mps,
    lastMps: last.mps,
    leastMps: Math.min(...speeds),
    meanMps2: mean(seen.map(({ mps2 }) => mps2)),
  };
}

const speedsOf = ({ metres, meanMps, firstMps, lastMps, leastMps, meanMps2 }: Mover): number[] => [
  meanMps,
  Math.sqrt(meanMps),
  firstMps,
  lastMps,
  leastMps,
  lastMps - firstMps,
  meanMps2,
  metres,
];

/** The pedestrian seen from the vehicle: ahead, aside, and how it walks across and along. */
function relativeMotion(pedestrian: Mover, vehicle: Mover, rx: number, ry: number): number[] {
  const aside = -rx * vehicle.uy + ry * vehicle.ux;
  return [
    rx * vehicle.ux + ry * vehicle.uy,
    aside,
    Math.abs(aside),
    (pedestrian.ux * vehicle.ux + pedestrian.uy * vehicle.uy) * pedestrian.meanMps,
    (-pedestrian.ux * vehicle.uy + pedestrian.uy * vehicle.ux) * pedestrian.meanMps,
  ];
}

/** How far, and for how long, each has to go to where their straight ways cross. */
function meetingPoint(pedestrian: Mover, vehicle: Mover, rx: number, ry: number): number[] {
  const cross = vehicle.ux * pedestrian.uy - vehicle.uy * pedestrian.ux;
  const crosses = Math.abs(cross) > 0.1;
  const vehicleMetres = crosses ? clamp((rx * pedestrian.uy - ry * pedestrian.ux) / cross, -15, 25) : 0;
  const pedestrianMetres = crosses ? clamp((rx * vehicle.uy - ry * vehicle.ux) / cross, -10, 25) : 0;
  const vehicleS = clamp(vehicleMetres / Math.max(LEAST_MPS, vehicle.meanMps), -5, 12);
  const pedestrianS = clamp(pedestrianMetres / Math.max(LEAST_MPS, pedestrian.meanMps), -5, 12);
  return [vehicleMetres, pedestrianMetres, vehicleS, pedestrianS, vehicleS - pedestrianS];
}

/** When and how near they would come if both went on as they are, and how fast they close in. */
function closestApproach(pedestrian: Mover, vehicle: Mover, rx: number, ry: number): number[] {
  const wx = pedestrian.ux * pedestrian.meanMps - vehicle.ux * vehicle.meanMps;
  const wy = pedestrian.uy * pedestrian.meanMps - vehicle.uy * vehicle.meanMps;
  const closing = -(rx * wx + ry * wy);
  const second = clamp(closing / (wx * wx + wy * wy + 0.01), 0, 10);
  return [second, Math.hypot(rx + wx * second, ry + wy * second), closing / Math.hypot(rx, ry)];
}
