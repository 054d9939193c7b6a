/** A vehicle's passage in metres and seconds, with its footprint at each sample. */
import type { ObjectKind } from '@wayside/contracts/observation-batch';
import type { PlateToken } from '@wayside/contracts/tokens';
import { boxOf, boxOfRectangles, type Box } from '../geometry/box.ts';
import type { Rectangle } from '../geometry/rectangle.ts';
import { headingsFromMotion, type Headings } from './headings.ts';
import { velocityAt, type Positions } from './motion.ts';
import { agreedPlate, isComplete, medianSize, usualLook, type ObservedTrack } from './observed-track.ts';
import { USUAL_SIZE, type Size } from './sizes.ts';

export interface VehiclePath extends Positions, Size {
  readonly track: string;
  readonly kind: ObjectKind;
  readonly plate: PlateToken | undefined;
  readonly emergency: boolean;
  /** False where its length or width is only usual for its kind. */
  readonly sizeMeasured: boolean;
  readonly speedMps: readonly number[];
  readonly footprints: readonly Rectangle[];
  /** The box that holds all its footprints, and the one that holds all their centres. */
  readonly sweep: Box;
  readonly centres: Box;
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
  const footprints = footprintsOf(positions, headingsOf(track, positions, aim), size);
  return {
    ...positions,
    ...size,
    track: track.track,
    kind: look.kind,
    plate: agreedPlate(track),
    emergency: track.looks.some(({ emergency }) => emergency),
    sizeMeasured: lengthCm !== undefined && widthCm !== undefined,
    speedMps: speedsOf(track, positions),
    footprints,
    sweep: boxOfRectangles(footprints),
    centres: boxOf(positions.x, positions.y),
    halfDiagonal: Math.hypot(size.lengthMetres, size.widthMetres) / 2,
    longestStep: longestStep(positions),
  };
}

export function positionsOf({ ms, xCm, yCm }: ObservedTrack, originMs: number): Positions {
  return {
    seconds: ms.map((one) => (one - originMs) / 1000),
    x: xCm.map((cm) => cm / 100),
    y: yCm.map((cm) => cm / 100),
  };
}

function footprintsOf({ x, y }: Positions, { ux, uy }: Headings, size: Size): readonly Rectangle[] {
  const halfLength = size.lengthMetres / 2;
  const halfWidth = size.widthMetres / 2;
  return x.map((at, i) => ({
    x: at,
    y: y[i] as number,
    ux: ux[i] as number,
    uy: uy[i] as number,
    halfLength,
    halfWidth,
  }));
}

function headingsOf(
  track: ObservedTrack,
  positions: Positions,
  aim: { readonly ux: number; readonly uy: number },
): Headings {
  if (!isComplete(track, 'headingMrad')) return headingsFromMotion(positions, aim);
  return {
    ux: track.headingMrad.map((mrad) => Math.cos(mrad / 1000)),
    uy: track.headingMrad.map((mrad) => Math.sin(mrad / 1000)),
  };
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
