/** Lanes and the vehicles on them. They change with every step; only the street changes them. */
import type { Driver } from './driver.ts';
import type { LanePlan } from './plan.ts';
import type { VehicleBody } from './vehicle-types.ts';

export interface Vehicle extends VehicleBody {
  readonly id: number;
  readonly plate: string | undefined;
  readonly emergency: boolean;
  readonly driver: Driver;
  lane: Lane;
  /** The front bumper, on the lane's s. */
  s: number;
  speedMps: number;
  accelerationMps2: number;
  /** Of its centre line; differs from the lane's while it changes lanes. */
  v: number;
  /** Since when somebody has had a claim to the way before it that the driver can have seen; Infinity: nobody. */
  claimSeenAt: number;
  /** It has decided to stop for somebody. */
  yielding: boolean;
}

/** A jam that reaches back to this lane's `s`. */
export interface Jam {
  readonly s: number;
  readonly untilSeconds: number;
}

export interface Lane extends LanePlan {
  readonly index: number;
  /** The one farthest on first. */
  readonly vehicles: Vehicle[];
  nextArrivalSeconds: number;
  jam: Jam | undefined;
  nextJamSeconds: number;
}

export const laneOf = (plan: LanePlan, index: number): Lane => ({
  id: plan.id,
  direction: plan.direction,
  centreV: plan.centreV,
  widthMetres: plan.widthMetres,
  index,
  vehicles: [],
  nextArrivalSeconds: 0,
  jam: undefined,
  nextJamSeconds: Infinity,
});

export const rearOf = (vehicle: Pick<Vehicle, 's' | 'lengthMetres'>): number =>
  vehicle.s - vehicle.lengthMetres;

/** Of its middle, in the street's own frame. */
export const middleU = (vehicle: Vehicle): number =>
  vehicle.lane.direction * (vehicle.s - vehicle.lengthMetres / 2);

/** @returns the position in the lane of the first vehicle whose front is not beyond `s`. */
export function placeInLane(lane: Lane, s: number): number {
  let place = 0;
  while (place < lane.vehicles.length && (lane.vehicles[place] as Vehicle).s > s) place++;
  return place;
}
