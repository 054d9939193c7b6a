import type { ObjectKind } from '@wayside/contracts/observation-batch';
import type { Random } from './random.ts';

export type VehicleKind = Exclude<ObjectKind, 'pedestrian' | 'bicycle'>;

export interface VehicleBody {
  readonly kind: VehicleKind;
  readonly lengthMetres: number;
  readonly widthMetres: number;
}

const SHARES: Readonly<Record<VehicleKind, number>> = { car: 74, van: 10, truck: 5, bus: 4, motorcycle: 7 };

/** Shortest and longest length, narrowest and widest width. */
const SIZES: Readonly<Record<VehicleKind, readonly [number, number, number, number]>> = {
  car: [3.6, 5, 1.65, 1.95],
  van: [4.8, 6.2, 1.9, 2.1],
  truck: [6.5, 10, 2.3, 2.5],
  bus: [9, 12, 2.5, 2.55],
  motorcycle: [1.9, 2.3, 0.7, 0.9],
};

export const drawBody = (random: Random): VehicleBody => bodyOf(random, random.weighted(SHARES));

export function bodyOf(random: Random, kind: VehicleKind): VehicleBody {
  const [shortest, longest, narrowest, widest] = SIZES[kind];
  return {
    kind,
    lengthMetres: random.between(shortest, longest),
    widthMetres: random.between(narrowest, widest),
  };
}
