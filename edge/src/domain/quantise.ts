/** From what a tracker says in SI units to the whole numbers of an observation batch. */
import type { SeenObject } from './frame.ts';

/** One observation as it goes on the wire: centimetres, milliradians, centimetres a second. */
export interface Quantised {
  readonly xCm: number;
  readonly yCm: number;
  readonly headingMrad?: number;
  readonly speedCmps?: number;
  readonly lengthCm?: number;
  readonly widthCm?: number;
}

/** Values left out because they cannot be: not finite, or outside what contracts/observation-batch.ts allows. */
export type BadValue = 'position' | 'heading' | 'speed' | 'length' | 'width';

export interface QuantiseResult {
  /** Undefined where the position itself is bad. */
  readonly quantised: Quantised | undefined;
  readonly bad: readonly BadValue[];
}

const MAX_POSITION_CM = 100_000;
const MAX_SPEED_CMPS = 10_000;
const LENGTH_CM = { least: 20, most: 3000 };
const WIDTH_CM = { least: 20, most: 500 };

export function quantise(object: SeenObject): QuantiseResult {
  const xCm = within(object.xMetres * 100, -MAX_POSITION_CM, MAX_POSITION_CM);
  const yCm = within(object.yMetres * 100, -MAX_POSITION_CM, MAX_POSITION_CM);
  if (xCm === undefined || yCm === undefined) return { quantised: undefined, bad: ['position'] };

  const bad: BadValue[] = [];
  const keep = (name: BadValue, given: number | undefined, value: number | undefined) => {
    if (given !== undefined && value === undefined) bad.push(name);
    return value;
  };
  const { headingRadians, speedMps, lengthMetres, widthMetres } = object;
  const headingMrad = keep('heading', headingRadians, mrad(headingRadians));
  const speedCmps = keep('speed', speedMps, hundredths(speedMps, 0, MAX_SPEED_CMPS));
  const lengthCm = keep('length', lengthMetres, hundredths(lengthMetres, LENGTH_CM.least, LENGTH_CM.most));
  const widthCm = keep('width', widthMetres, hundredths(widthMetres, WIDTH_CM.least, WIDTH_CM.most));
  const quantised = {
    xCm,
    yCm,
    ...(headingMrad !== undefined && { headingMrad }),
    ...(speedCmps !== undefined && { speedCmps }),
    ...(lengthCm !== undefined && { lengthCm }),
    ...(widthCm !== undefined && { widthCm }),
  };
  return { quantised, bad };
}

const hundredths = (value: number | undefined, least: number, most: number) =>
  value === undefined ? undefined : within(value * 100, least, most);

/** Adding 0 makes -0 to 0, which JSON does anyway. */
function within(value: number, least: number, most: number): number | undefined {
  const whole = Math.round(value) + 0;
  return whole >= least && whole <= most ? whole : undefined;
}

/** In (-π, π], whatever turn the tracker counts in. */
function mrad(radians: number | undefined): number | undefined {
  if (radians === undefined || !Number.isFinite(radians)) return undefined;
  return Math.round(Math.atan2(Math.sin(radians), Math.cos(radians)) * 1000) + 0;
}
