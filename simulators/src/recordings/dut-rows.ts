/**
 * The two row layouts of VCI-DUT (Yang et al., arXiv 1902.00487): pedestrians with their velocity, vehicles with
 * heading and speed. Positions are metres on the clip's own plane; a vehicle's is its centre.
 */
import type { SeenObject } from '@wayside/edge/camera/frame-source';
import { normaliseAngle, numberField, POSITION_BOUND_METRES, SPEED_BOUND_MPS } from './number-field.ts';

const HEADERS = {
  pedestrian: ['id', 'frame', 'label', 'x_est', 'y_est', 'vx_est', 'vy_est'],
  vehicle: ['id', 'frame', 'label', 'x_est', 'y_est', 'psi_est', 'vel_est'],
} as const;
export type DutClass = keyof typeof HEADERS;

/** The recording gives no sizes; this is an ordinary car. */
const CAR = { lengthMetres: 4.6, widthMetres: 1.8 } as const;
const MAX_FRAME = 10_000_000;
const MAX_ID = 1_000_000;

export interface DutRow {
  readonly frame: number;
  readonly object: SeenObject;
}

export function dutHeaderFault(of: DutClass, names: readonly string[]): string | undefined {
  const expected = HEADERS[of];
  return expected.join() === names.join()
    ? undefined
    : `the header must be "${expected.join()}", not "${names.join()}"`;
}

/** @returns the row, or in words what is wrong with it. */
export function dutRow(of: DutClass, clip: string, fields: readonly string[]): DutRow | string {
  const limits = [
    MAX_ID,
    MAX_FRAME,
    0,
    POSITION_BOUND_METRES,
    POSITION_BOUND_METRES,
    SPEED_BOUND_MPS,
    SPEED_BOUND_MPS,
  ];
  const values: number[] = [];
  for (const [i, name] of HEADERS[of].entries()) {
    if (name === 'label') {
      values.push(0);
      continue;
    }
    const limit = limits[i] as number;
    const value = numberField(fields[i], i < 2 ? 0 : -limit, limit);
    if (value === undefined || (i < 2 && !Number.isInteger(value)))
      return `${name} "${(fields[i] ?? '').slice(0, 40)}" is no ${i < 2 ? 'whole ' : ''}number within ±${limit}`;
    values.push(value);
  }
  const [id, frame, , x, y, a, b] = values as [number, number, number, number, number, number, number];
  const seen = { track: String(id), xMetres: x, yMetres: y };
  return { frame, object: of === 'vehicle' ? vehicle(seen, clip, a, b) : pedestrian(seen, a, b) };
}

type Place = Pick<SeenObject, 'track' | 'xMetres' | 'yMetres'>;

const vehicle = (place: Place, clip: string, psi: number, speed: number): SeenObject => ({
  ...place,
  kind: 'car',
  headingRadians: normaliseAngle(psi),
  speedMps: Math.abs(speed),
  ...CAR,
  plateText: `recording/${clip}/${place.track}`,
});

const pedestrian = (place: Place, vx: number, vy: number): SeenObject => ({
  ...place,
  kind: 'pedestrian',
  headingRadians: Math.atan2(vy, vx),
  speedMps: Math.hypot(vx, vy),
});
