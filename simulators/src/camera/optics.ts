/** Where a thing appears to be: the homography's own error, and noise that grows with the distance from the crosswalk. */
import type { Random } from '../street/random.ts';
import type { Faults } from './severity.ts';

export interface Optics {
  /** Whether noise is drawn or not, a place keeps its calibration error for the life of the camera. */
  readonly distort: (u: number, v: number) => { readonly u: number; readonly v: number };
  readonly sigmaMetres: (u: number, v: number) => number;
}

/** A shift that a turn of one thousandth makes at this distance. */
const LEVER_METRES = 25;

export function opticsOf(faults: Faults, random: Random): Optics {
  const turn = random.normal(0, faults.calibration);
  const stretchU = 1 + random.normal(0, faults.calibration);
  const stretchV = 1 + random.normal(0, faults.calibration);
  const shiftU = random.normal(0, faults.calibration * LEVER_METRES);
  const shiftV = random.normal(0, faults.calibration * LEVER_METRES * 0.4);
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  return {
    distort: (u, v) => ({
      u: stretchU * (u * cos - v * sin) + shiftU,
      v: stretchV * (u * sin + v * cos) + shiftV,
    }),
    sigmaMetres: (u, v) => faults.noiseMetres * (1 + (u * u + v * v) / faults.doublingMetres ** 2),
  };
}
