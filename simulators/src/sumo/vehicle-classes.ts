/**
 * SUMO's vehicle classes ("abstract vehicle class" in its manual): what each is to us, and the size it has where a
 * vehicle type gives none (SUMO's table "Vehicle Type Parameter Defaults").
 */
import type { ObjectKind } from '@wayside/contracts/observation-batch';

export interface VehicleClass {
  readonly kind: ObjectKind;
  readonly lengthMetres: number;
  readonly widthMetres: number;
}

const like = (kind: ObjectKind, lengthMetres: number, widthMetres: number): VehicleClass => ({
  kind,
  lengthMetres,
  widthMetres,
});

export const PASSENGER = like('car', 5, 1.8);
export const PEDESTRIAN = like('pedestrian', 0.215, 0.478);

/** Those of the road; rail, ships and the like are in none of our encounters. */
export const ROAD_CLASSES: ReadonlyMap<string, VehicleClass> = new Map([
  ...[
    'passenger',
    'private',
    'taxi',
    'evehicle',
    'hov',
    'vip',
    'authority',
    'army',
    'ignoring',
    'custom1',
    'custom2',
  ].map((name) => [name, PASSENGER] as const),
  ['delivery', like('van', 6.5, 2.16)],
  ['emergency', like('van', 6.5, 2.16)],
  ['truck', like('truck', 7.1, 2.4)],
  ['trailer', like('truck', 16.5, 2.55)],
  ['bus', like('bus', 12, 2.5)],
  ['coach', like('bus', 14, 2.6)],
  ['motorcycle', like('motorcycle', 2.2, 0.9)],
  ['moped', like('motorcycle', 2.1, 0.78)],
  ['bicycle', like('bicycle', 1.6, 0.65)],
]);

export const EMERGENCY_CLASS = 'emergency';
