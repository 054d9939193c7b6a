import type { ObjectKind } from '@wayside/contracts/observation-batch';

export interface Size {
  readonly lengthMetres: number;
  readonly widthMetres: number;
}

/** Taken where a camera does not measure a vehicle: a common one of its kind. */
export const USUAL_SIZE: Readonly<Record<Exclude<ObjectKind, 'pedestrian'>, Size>> = {
  car: { lengthMetres: 4.6, widthMetres: 1.8 },
  van: { lengthMetres: 5.5, widthMetres: 2 },
  truck: { lengthMetres: 9, widthMetres: 2.5 },
  bus: { lengthMetres: 12, widthMetres: 2.55 },
  motorcycle: { lengthMetres: 2.1, widthMetres: 0.8 },
  bicycle: { lengthMetres: 1.8, widthMetres: 0.6 },
};

/** How far a usual size may be off the true one, to either end. */
export const USUAL_SIZE_ERROR_METRES = 0.3;
