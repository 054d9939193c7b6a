/** A vehicle's passage in metres and seconds, with its footprint at each sample. */
import type { ObjectKind } from '@wayside/contracts/observation-batch';
import type { PlateToken } from '@wayside/contracts/tokens';
import type { Box } from '../geometry/box.ts';
import type { Halves, Rectangle } from '../geometry/rectangle.ts';
import { headingsFromMotion, type Headings } from './headings.ts';
import { velocityAt, type Positions } from './motion.ts';
import { agreedPlate, isComplete, medianSize, usualLook, type ObservedTrack } from './observed-track.ts';
import { USUAL_SIZE, type Size } from './sizes.ts';
import { sweptBox } from './swept.ts';

export interface VehiclePath extends Positions, Size, Halves {
  readonly track: string;
  readonly kind: ObjectKind;
  readonly plate: PlateToken | undefined;
  readonly emergency: boolean;
  /** False where its length or width is only usual for its kind. */
  readonly sizeMeasured: boolean;
  readonly speedMps: readonly number[];
  /** Unit vectors towards its front. */
  readonly ux: readonly number[];
  readonly uy: readonly number[];
  /** The box that holds its footprint all the time. */
  readonly swept: Box;
  /** From its centre to a corner. Metres. */
  readonly halfDiagonal: number;
  /** Longest way between two neighbouring samples, metres: no search may skip further. */
  readonly longestStep: number;
}

/** Half of the time over which a speed is taken from positions. Seconds. */
const HALF_SECONDS = 0.25;

/** @param aim heading of a vehicle whose camera gives none and that never moves. */
export function vehiclePath(
  track: ObservedTrack,
  originMs: number,
  aim: { readonly ux: number; readonly uy: number },
): VehiclePath {
  const look = usualLook(track);
  const usual = USUAL_SIZE[look.kind === 'pedestrian' ? 'car' : look.kind];
  const lengthCm = medianSize(track, 'lengthCm');
  const widthCm = medianSize(track, 'widthCm');
  const size = {
    lengthMetres: lengthCm === undefined ? usual.lengthMetres : lengthCm / 100,
    widthMetres: widthCm === undefined ? usual.widthMetres : widthCm / 100,
  };
  const positions = positionsOf(track, originMs);
  const headings = headingsOf(track, positions, aim);
  const halves = { halfLength: size.lengthMetres / 2, halfWidth: size.widthMetres / 2 };
  // each part by its name: copied with `...` this took a third of the time of a path
  return {
    seconds: positions.seconds,
    x: positions.x,
    y: positions.y,
    lengthMetres: size.lengthMetres,
    widthMetres: size.widthMetres,
    halfLength: halves.halfLength,
    halfWidth: halves.halfWidth,
    track: track.track,
    kind: look.kind,
    plate: agreedPlate(track),
    emergency: track.looks.some(({ emergency }) => emergency),
    sizeMeasured: lengthCm !== undefined && widthCm !== undefined,
    speedMps: speedsOf(track, positions),
    ux: headings.ux,
    uy: headings.uy,
    swept: sweptBox(positions, headings, halves),
    halfDiagonal: Math.hypot(size.lengthMetres, size.widthMetres) / 2,
    longestStep: longestStep(positions),
  };
}

export function positionsOf({ ms, xCm, yCm }: ObservedTrack, originMs: number): Positions {
  const count = ms.length;
  const [seconds, x, y] = [new Array<number>(count), new Array<number>(count), new Array<number>(count)];
  for (let i = 0; i < count; i++) {
    seconds[i] = ((ms[i] as number) - originMs) / 1000;
    x[i] = (xCm[i] as number) / 100;
    y[i] = (yCm[i] as number) / 100;
  }
  return { seconds, x, y };
}

/** Where the vehicle stood at its sample i. */
export const footprintAt = (vehicle: VehiclePath, i: number): Rectangle => ({
  x: vehicle.x[i] as number,
  y: vehicle.y[i] as number,
  ux: vehicle.ux[i] as number,
  uy: vehicle.uy[i] as number,
  halfLength: vehicle.halfLength,
  halfWidth: vehicle.halfWidth,
});

function headingsOf(
  track: ObservedTrack,
  positions: Positions,
  aim: { readonly ux: number; readonly uy: number },
): Headings {
  if (!isComplete(track, 'headingMrad')) return headingsFromMotion(positions, aim);
  const { headingMrad } = track;
  const count = headingMrad.length;
  const [ux, uy] = [new Array<number>(count), new Array<number>(count)];
  for (let i = 0; i < count; i++) {
    ux[i] = Math.cos((headingMrad[i] as number) / 1000);
    uy[i] = Math.sin((headingMrad[i] as number) / 1000);
  }
  return { ux, uy };
}

function speedsOf(track: ObservedTrack, positions: Positions): readonly number[] {
  if (isComplete(track, 'speedCmps')) return track.speedCmps.map((cmps) => cmps / 100);
  return positions.seconds.map((_, i) => {
    const { vx, vy } = velocityAt(positions, i, HALF_SECONDS);
    return Math.hypot(vx, vy);
  });
}

function longestStep({ x, y }: Positions): number {
  let longest = 0;
  for (let i = 1; i < x.length; i++) {
    const dx = (x[i] as number) - (x[i - 1] as number);
    const dy = (y[i] as number) - (y[i - 1] as number);
    longest = Math.max(longest, Math.sqrt(dx * dx + dy * dy));
  }
  return longest;
}

export const isMotorVehicle = ({ kind }: VehiclePath): boolean => kind !== 'bicycle' && kind !== 'pedestrian';
